//! Prints the WSDL: `cargo run -p pasi-wire --example wsdl [LOCATION]`.

fn main() {
    let wsdl = std::env::args()
        .nth(1)
        .map_or_else(pasi_wire::wsdl, |location| pasi_wire::wsdl_at(&location));
    print!("{wsdl}");
}
