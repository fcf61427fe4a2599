use skylift::metric;

fn measure() {
    metric!("Größe", 1);
    metric!("", 1, service = "web");
    metric!("service", 1, service = "web");
    metric!("Orders", 1, shop = "a", unit = Count, shop = "b");
}

fn main() {
    measure();
}
