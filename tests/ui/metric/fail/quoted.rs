use skylift::metric;

fn main() {
    metric!("Took", 1, unit = "Milliseconds");
    metric!("Size", 1, service = "web", resolution = "High", unit = Bytes);
}
