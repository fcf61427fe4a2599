//! The calls to which a capability can be narrowed, as the second type argument of its type.
//!
//! `Reader<Orders>` makes every call that reads a table. `Reader<Orders, Get>` has the methods that make the calls of
//! [`Get`] alone, and the role of the function allows only these. A tuple names several: `Reader<Orders, (Get, Query)>`.
//!
//! | type | bucket | table |
//! | --- | --- | --- |
//! | [`Get`] | `get`, `get_range`, `get_range_if`, `head`, `download_url` | `get`, `get_consistent` |
//! | [`BatchGet`] | | `get_all` |
//! | [`Query`] | | `query`, also of an `index` |
//! | [`Scan`] | | `scan`, also of an `index` |
//! | [`List`] | `list` | |
//! | [`Put`] | `put`, `put_with`, `upload`, `upload_with`, `upload_url`, `upload_form` | `put`, `create` |
//! | [`Update`] | | `update` |
//! | [`Delete`] | `delete` | `delete` |
//! | [`BatchWrite`] | | `put_all`, `delete_all` |
//!
//! The types are not in the [prelude](crate::prelude): `axum` has types of the same names.
//!
//! ```
//! # #[cfg(feature = "table")] {
//! use serde::{Deserialize, Serialize};
//! use skylift::calls::{Get, Put};
//! use skylift::{Error, ReadWriter, Reader, function, resource};
//!
//! #[resource(table(key = "id", item = Order))]
//! struct Orders;
//!
//! #[derive(Serialize, Deserialize)]
//! struct Order { id: String, total: u32 }
//!
//! #[function]
//! async fn total(id: String, orders: Reader<Orders, Get>) -> Result<Option<u32>, Error> {
//!     Ok(orders.get(&id).await?.map(|order| order.total))
//! }
//!
//! #[function]
//! async fn double(id: String, orders: ReadWriter<Orders, (Get, Put)>) -> Result<(), Error> {
//!     if let Some(order) = orders.get(&id).await? {
//!         orders.put(&Order { total: 2 * order.total, ..order }).await?;
//!     }
//!     Ok(())
//! }
//! # }
//! ```

use seal::Sealed;

/// The seal of [`CallSet`]. It is a trait of its own, because tuples are also the keys of tables.
mod seal {
    pub trait Sealed {}
}

/// Every call of the capability. It is the default: `Reader<Orders>` is `Reader<Orders, AllCalls>`.
pub enum AllCalls {}

/// The answer to the question whether calls include one.
#[doc(hidden)]
pub trait Answer {
    /// Whether the answer is `Yes`.
    const IS_YES: bool;

    /// The answer for these calls together with others, for which the answer is `Other`.
    type Or<Other: Answer>: Answer;
}

/// The calls include it.
#[doc(hidden)]
pub enum Yes {}

/// The calls do not include it.
#[doc(hidden)]
pub enum No {}

impl Answer for Yes {
    const IS_YES: bool = true;
    type Or<Other: Answer> = Self;
}

impl Answer for No {
    const IS_YES: bool = false;
    type Or<Other: Answer> = Other;
}

/// The answer `Yes`.
#[doc(hidden)]
pub trait IsYes: Answer {}

impl IsYes for Yes {}

/// Defines the types of the calls, and the trait of sets of calls with an answer for each of the types.
macro_rules! define_calls {
    ($($(#[$doc:meta])* $Call:ident;)*) => {
        $(
            $(#[$doc])*
            pub enum $Call {}
        )*

        /// Calls of a capability: one of the types of this module, [`AllCalls`], or a tuple of up to six of them.
        ///
        /// Only Skylift implements this trait.
        #[diagnostic::on_unimplemented(
            message = "`{Self}` is not a call of a capability",
            label = "not one of the types of `skylift::calls`",
            note = "help: write one of the types of `skylift::calls`, or several as a tuple: `Reader<Orders, (Get, Query)>`"
        )]
        pub trait CallSet: Sealed + 'static {
            $(
                #[doc(hidden)]
                type $Call: Answer;
            )*
        }

        impl Sealed for AllCalls {}

        impl CallSet for AllCalls {
            $(type $Call = Yes;)*
        }

        $(impl Sealed for $Call {})*

        impl<A: CallSet> Sealed for (A,) {}

        impl<A: CallSet> CallSet for (A,) {
            $(type $Call = A::$Call;)*
        }
    };
}

/// Implements the set of calls for one call, with the answers in the order of the calls.
macro_rules! define_single {
    ($Of:ident: $Get:ident $BatchGet:ident $Query:ident $Scan:ident $List:ident $Put:ident $Update:ident $Delete:ident $BatchWrite:ident) => {
        impl CallSet for $Of {
            type Get = $Get;
            type BatchGet = $BatchGet;
            type Query = $Query;
            type Scan = $Scan;
            type List = $List;
            type Put = $Put;
            type Update = $Update;
            type Delete = $Delete;
            type BatchWrite = $BatchWrite;
        }
    };
}

define_calls! {
    /// Gets one object or item: `s3:GetObject`, `dynamodb:GetItem`.
    ///
    /// Without [`List`], S3 answers a request for an object that does not exist with `AccessDenied`, which is then an error
    /// of `get` and `head`.
    Get;

    /// Gets many items in one request: `dynamodb:BatchGetItem`.
    BatchGet;

    /// Queries a table and its indexes: `dynamodb:Query`.
    Query;

    /// Scans a table and its indexes: `dynamodb:Scan`.
    Scan;

    /// Lists the objects of a bucket: `s3:ListBucket`.
    List;

    /// Puts an object or an item: `s3:PutObject`, `s3:AbortMultipartUpload`, `dynamodb:PutItem`.
    Put;

    /// Changes attributes of an item: `dynamodb:UpdateItem`.
    Update;

    /// Deletes an object or an item: `s3:DeleteObject`, `dynamodb:DeleteItem`.
    Delete;

    /// Puts or deletes many items in one request: `dynamodb:BatchWriteItem`. `DynamoDB` has one action for both.
    BatchWrite;
}

define_single!(Get: Yes No No No No No No No No);
define_single!(BatchGet: No Yes No No No No No No No);
define_single!(Query: No No Yes No No No No No No);
define_single!(Scan: No No No Yes No No No No No);
define_single!(List: No No No No Yes No No No No);
define_single!(Put: No No No No No Yes No No No);
define_single!(Update: No No No No No No Yes No No);
define_single!(Delete: No No No No No No No Yes No);
define_single!(BatchWrite: No No No No No No No No Yes);

/// Implements the set of calls for a tuple: the calls of its first element, and of the tuple of the others.
macro_rules! define_tuple {
    ($($Rest:ident)*) => {
        impl<First: CallSet, $($Rest: CallSet),*> Sealed for (First, $($Rest),*) {}

        impl<First: CallSet, $($Rest: CallSet),*> CallSet for (First, $($Rest),*) {
            type Get = <First::Get as Answer>::Or<<($($Rest,)*) as CallSet>::Get>;
            type BatchGet = <First::BatchGet as Answer>::Or<<($($Rest,)*) as CallSet>::BatchGet>;
            type Query = <First::Query as Answer>::Or<<($($Rest,)*) as CallSet>::Query>;
            type Scan = <First::Scan as Answer>::Or<<($($Rest,)*) as CallSet>::Scan>;
            type List = <First::List as Answer>::Or<<($($Rest,)*) as CallSet>::List>;
            type Put = <First::Put as Answer>::Or<<($($Rest,)*) as CallSet>::Put>;
            type Update = <First::Update as Answer>::Or<<($($Rest,)*) as CallSet>::Update>;
            type Delete = <First::Delete as Answer>::Or<<($($Rest,)*) as CallSet>::Delete>;
            type BatchWrite = <First::BatchWrite as Answer>::Or<<($($Rest,)*) as CallSet>::BatchWrite>;
        }
    };
}

define_tuple!(Second);
define_tuple!(Second Third);
define_tuple!(Second Third Fourth);
define_tuple!(Second Third Fourth Fifth);
define_tuple!(Second Third Fourth Fifth Sixth);
