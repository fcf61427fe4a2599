#![deny(warnings)]

use std::time::Duration;

use skylift::metric;

struct Order {
    shop: String,
    items: usize,
}

fn main() {
    let order = Order { shop: "web".to_owned(), items: 3 };
    let computed = format!("Orders{}", 1);
    metric!("Orders", 1);
    metric!("Orders", 1,);
    metric!("Orders", order.items, unit = Count);
    metric!("Orders", order.items as f32, shop = order.shop, unit = Count, "cost-center" = 42,);
    metric!("Took", Duration::from_millis(3), resolution = High);
    metric!("Took", &2.5, "unit" = "ours", unit = Milliseconds, resolution = Standard);
    metric!(computed, -1_i64, unit = BytesPerSecond, r#type = 'x');
    metric!(&computed, 1);
    skylift::metrics::property("order", [order.items]);
    if order.items > 3 { metric!("Many", 1) } else { metric!("Few", 1) }
}
