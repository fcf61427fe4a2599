//! `bucket`, `bucket(name = "uploads-of-acme", versioned)`.

use skylift_model::resource::bucket::Bucket;

use crate::errors::Errors;
use crate::read;
use crate::tree::Args;

/// Reads the arguments of `bucket`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Bucket> {
    let name = args.get("name").and_then(|value| read::name(value, errors));
    let versioned = args.flag("versioned", errors).unwrap_or(false);
    Some(Bucket { name, versioned })
}
