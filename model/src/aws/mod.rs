//! What is AWS's own: which names, numbers and ARNs it takes, how its templates write values, what its
//! policies allow, and what Lambda alone has (event source mappings, log formats, provisioned
//! concurrency). See the crate's documentation for what belongs here.

pub mod arn;
pub mod function_keys;
pub mod iam;
pub mod limits;
pub mod logs;
pub mod managed_policy;
pub mod mapping;
pub mod name;
pub mod node;
pub mod provisioned_concurrency;
pub mod value;
