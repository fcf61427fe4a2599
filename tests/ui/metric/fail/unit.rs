use skylift::metric;

fn main() {
    metric!("Size", 1, unit = Byte);
    metric!("Depth", 1, resolution = Seconds);
}
