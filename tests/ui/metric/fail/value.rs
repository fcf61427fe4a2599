use skylift::metric;

fn main() {
    metric!("Orders", "many");
}
