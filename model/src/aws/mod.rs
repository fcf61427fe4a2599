//! What is AWS's own: which names, numbers and ARNs it takes, how its templates write values, what its
//! policies allow, and what Lambda alone has (event source mappings, log formats, provisioned
//! concurrency). See the crate's documentation for what belongs here.

pub mod arn;
pub mod iam;
pub mod keys;
pub mod limits;
pub mod logs;
pub mod mapping;
pub mod name;
pub mod node;
pub mod policy;
pub mod provisioned;
pub mod value;
