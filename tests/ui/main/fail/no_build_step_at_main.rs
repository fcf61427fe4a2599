skylift::main!();
