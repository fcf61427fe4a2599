//! The AWS half of the model: accepted names, numbers and ARNs, the values of templates, API calls and the
//! IAM actions for them, and the settings that only Lambda has (event source mappings, log formats,
//! provisioned concurrency), and the tables of AWS's names. The crate's documentation says what belongs here.

pub mod alarms;
pub mod arn;
pub mod condition_key;
pub mod cors;
pub mod deployment;
pub mod function_keys;
pub mod function_property;
pub mod iam;
pub mod iam_action;
mod iam_resource;
pub mod iam_service;
pub mod iam_statement;
pub mod iot_sql;
pub mod key_filter;
pub mod kms;
pub mod lambda_settings;
pub mod limits;
pub mod logs;
pub mod managed_policy;
pub mod mapping;
pub mod name;
pub mod node;
pub mod parameter_content;
pub mod policy;
pub mod policy_template;
pub mod provisioned_concurrency;
mod region;
pub mod resource_type;
pub mod shape;
pub mod states;
pub mod sub_text;
mod tables;
pub mod value;
pub mod written;
