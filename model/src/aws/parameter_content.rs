//! The content that a template parameter has to have: the name or the ARN of an existing resource. The content ends up
//! in the ARNs of a role, where `*` would mean every resource, so the template says which texts it accepts.
// See decision 0090.

use std::ops::RangeInclusive;

use super::arn::{self, Arn};
use super::limits;
use crate::schedule::ActionSchedule;

/// The content of a template parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParameterContent {
    /// The description of the parameter in the template, such as `Name of an S3 bucket`.
    pub description: &'static str,
    form: ContentForm,
}

/// The form of the content: a name, or an ARN of one of several forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ContentForm {
    Name {
        letters: NameLetters,
        shortest: usize,
        longest: usize,
    },
    Arn(&'static [ArnForm]),
    /// A list of ids of one type of CloudFormation, which checks them itself. Each of them begins with the prefix.
    List {
        of: &'static str,
        prefix: &'static str,
    },
    /// A whole number.
    Number {
        least: u32,
        most: u32,
    },
    /// One of these numbers.
    OneOf(&'static [u32]),
    /// One of these words.
    Words(&'static [&'static str]),
    /// When a schedule fires.
    Schedule {
        /// Whether it can fire at one moment, as EventBridge Scheduler can.
        once: bool,
    },
}

/// The characters of a name, from the narrowest set to the widest. Each set contains the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameLetters {
    /// Lower-case letters, digits, `.` and `-`, with a letter or digit at both ends.
    Bucket,
    /// Letters, digits, `_`, `.` and `-`.
    Plain,
    /// The characters of `Plain`, in parts that are separated by `/`. The first part can also begin with `/`.
    Path,
    /// Letters, digits, `_`, `.`, `-`, `/` and `#`.
    LogGroup,
    /// Every character that an ARN can have, without wildcards.
    ArnPart,
}

/// The form of the ARNs of one kind of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArnForm {
    /// The service name in the ARN.
    pub service: &'static str,
    /// Whether the ARN has neither a region nor an account.
    pub is_global: bool,
    /// The text before the name in the last part of the ARN, which can be empty.
    pub prefix: &'static str,
    /// The regular expression of the rest of the last part.
    pub name: &'static str,
}

impl ArnForm {
    /// The ARNs of all resources, also with wildcards.
    const ANY: Self = Self { service: "", is_global: false, prefix: "", name: "" };

    /// The ARNs of topics.
    pub const TOPIC: Self =
        Self { service: "sns", is_global: false, prefix: "", name: r"[A-Za-z0-9_-]+(\.fifo)?" };

    /// The ARNs of KMS keys and of their aliases.
    const KMS_KEY: Self =
        Self { service: "kms", is_global: false, prefix: "", name: "(key|alias)/[A-Za-z0-9/_-]+" };

    /// The ARNs of KMS keys, without aliases.
    const KEY_ITSELF: Self =
        Self { service: "kms", is_global: false, prefix: "key/", name: "[A-Za-z0-9-]+" };

    /// The ARNs of versions of layers.
    const LAYER: Self = Self {
        service: "lambda",
        is_global: false,
        prefix: "layer:",
        name: "[A-Za-z0-9_-]+:[0-9]+",
    };

    /// The ARNs of code signing configurations.
    const CODE_SIGNING: Self = Self {
        service: "lambda",
        is_global: false,
        prefix: "code-signing-config:",
        name: "csc-[a-z0-9]{17}",
    };

    /// Returns the regular expression of the ARNs.
    fn pattern(self) -> String {
        let Self { service, is_global, prefix, name } = self;
        if self == Self::ANY {
            return format!("{PARTITION}:[a-z0-9-]+:[a-z0-9*-]*:[0-9*]*:.+");
        }
        let place = if is_global { ":" } else { "[a-z0-9-]+:[0-9]{12}" };
        format!("{PARTITION}:{service}:{place}:{prefix}{name}")
    }

    /// Returns whether a text is an ARN of this form, apart from the characters of the name.
    fn accepts(self, text: &str) -> bool {
        if self == Self::ANY {
            return text.starts_with(arn::PREFIX);
        }
        Arn::parse(text).is_some_and(|arn| {
            let name = arn.resource.strip_prefix(self.prefix);
            arn.service == self.service && name.is_some_and(|name| !name.is_empty())
        })
    }
}

/// The regular expression of the beginning of an ARN.
const PARTITION: &str = "arn:aws(-[a-z]+)*";

impl ParameterContent {
    /// The content of a parameter that is a resource of a policy statement.
    pub const ANY_ARN: Self = Self::arn("ARN of a resource", &[ArnForm::ANY]);

    /// The content of a parameter that is a part of an ARN, or a whole one.
    pub const ARN_PART: Self = Self::name("Part of an ARN", NameLetters::ArnPart, &(1..=2_048));

    /// The content of a parameter that is a topic.
    pub const TOPIC: Self = Self::arn("ARN of an SNS topic", &[ArnForm::TOPIC]);

    /// The content of a parameter that is a KMS key.
    pub const KMS_KEY: Self = Self::arn("ARN of a KMS key", &[ArnForm::KMS_KEY]);

    /// The content of a parameter that is the KMS key of a resource.
    pub const RESOURCE_KEY: Self = Self::arn("ARN of a KMS key", &[ArnForm::KEY_ITSELF]);

    /// The content of a parameter that is a managed policy.
    pub const MANAGED_POLICY: Self = Self::ANY_ARN.described("ARN of a managed policy");

    /// The content of a parameter that is an alarm.
    pub const ALARM: Self = Self::name("Name of an alarm", NameLetters::ArnPart, &(1..=255));

    /// The content of a parameter that is a subnet.
    pub const SUBNET: Self = Self::name("Id of a subnet", NameLetters::Plain, &(15..=24));

    /// The content of a parameter that is a security group.
    pub const SECURITY_GROUP: Self =
        Self::name("Id of a security group", NameLetters::Plain, &(11..=20));

    /// The content of a parameter that is a list of subnets.
    pub const SUBNETS: Self = Self {
        description: "Ids of subnets",
        form: ContentForm::List { of: "AWS::EC2::Subnet::Id", prefix: "subnet-" },
    };

    /// The content of a parameter that is a list of security groups.
    pub const SECURITY_GROUPS: Self = Self {
        description: "Ids of security groups",
        form: ContentForm::List { of: "AWS::EC2::SecurityGroup::Id", prefix: "sg-" },
    };

    /// The content of a parameter that is a version of a layer.
    pub const LAYER: Self = Self::arn("ARN of a version of a layer", &[ArnForm::LAYER]);

    /// The content of a parameter that is a code signing configuration.
    pub const CODE_SIGNING: Self =
        Self::arn("ARN of a code signing configuration", &[ArnForm::CODE_SIGNING]);

    /// The content of a parameter that turns an event source mapping on.
    pub const SWITCH: Self = Self {
        description: "Whether the mapping is active",
        form: ContentForm::Words(&["true", "false"]),
    };

    /// The content of a parameter that turns a rule or a schedule of EventBridge on.
    pub const STATE: Self = Self {
        description: "Whether the rule is active",
        form: ContentForm::Words(&["ENABLED", "DISABLED"]),
    };

    /// The content of a parameter that is the schedule of a rule.
    pub const RULE_SCHEDULE: Self =
        Self { description: "Schedule", form: ContentForm::Schedule { once: false } };

    /// The content of a parameter that is the schedule of EventBridge Scheduler.
    pub const SCHEDULE: Self =
        Self { description: "Schedule", form: ContentForm::Schedule { once: true } };

    /// Creates the content of a parameter that is a name of these characters.
    #[must_use]
    pub const fn name(
        description: &'static str,
        letters: NameLetters,
        lengths: &RangeInclusive<usize>,
    ) -> Self {
        let (shortest, longest) = (*lengths.start(), *lengths.end());
        Self { description, form: ContentForm::Name { letters, shortest, longest } }
    }

    /// Creates the content of a parameter that is an ARN of one of these forms.
    #[must_use]
    pub const fn arn(description: &'static str, forms: &'static [ArnForm]) -> Self {
        Self { description, form: ContentForm::Arn(forms) }
    }

    /// Creates the content of a parameter that is a whole number of this range.
    #[must_use]
    pub const fn number(description: &'static str, range: &RangeInclusive<u32>) -> Self {
        let (least, most) = (*range.start(), *range.end());
        Self { description, form: ContentForm::Number { least, most } }
    }

    /// Creates the content of a parameter that is one of these numbers, from the least to the greatest.
    #[must_use]
    pub const fn one_of(description: &'static str, numbers: &'static [u32]) -> Self {
        Self { description, form: ContentForm::OneOf(numbers) }
    }

    /// Returns the least and the greatest number, and `None` if the content is not a number.
    #[must_use]
    pub fn bounds(&self) -> Option<(u32, u32)> {
        match self.form {
            ContentForm::Number { least, most } => Some((least, most)),
            ContentForm::OneOf(numbers) => Some((*numbers.first()?, *numbers.last()?)),
            _ => None,
        }
    }

    /// Returns the only words that the content can be, and `None` if there is no list of them.
    #[must_use]
    pub const fn words(&self) -> Option<&'static [&'static str]> {
        match self.form {
            ContentForm::Words(words) => Some(words),
            _ => None,
        }
    }

    /// Returns the only numbers that the content can be, and `None` if there is no list of them.
    #[must_use]
    pub const fn numbers(&self) -> Option<&'static [u32]> {
        match self.form {
            ContentForm::OneOf(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// Returns the same content with another description.
    #[must_use]
    pub const fn described(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    /// Returns CloudFormation's type of the parameter.
    #[must_use]
    pub fn parameter_type(&self) -> String {
        match self.form {
            ContentForm::List { of, .. } => format!("List<{of}>"),
            ContentForm::Number { .. } | ContentForm::OneOf(_) => "Number".to_owned(),
            _ => "String".to_owned(),
        }
    }

    /// Returns the regular expression that the whole content has to match, and `None` if the type of the parameter
    /// alone limits it.
    #[must_use]
    pub fn pattern(&self) -> Option<String> {
        match self.form {
            ContentForm::Name { letters, .. } => Some(letters.pattern().to_owned()),
            ContentForm::Arn(forms) => {
                let forms: Vec<String> = forms.iter().map(|form| form.pattern()).collect();
                Some(forms.join("|"))
            }
            ContentForm::Schedule { once } => Some(schedule_pattern(once)),
            ContentForm::List { .. }
            | ContentForm::Number { .. }
            | ContentForm::OneOf(_)
            | ContentForm::Words(_) => None,
        }
    }

    /// Returns the shortest and the longest length of the content in characters, and `None` if the pattern alone
    /// limits it.
    #[must_use]
    pub const fn lengths(&self) -> Option<(usize, usize)> {
        match self.form {
            ContentForm::Name { shortest, longest, .. } => Some((shortest, longest)),
            ContentForm::Schedule { .. } => Some((1, limits::SCHEDULE_LEN)),
            _ => None,
        }
    }

    /// Returns the noun for the content, with its article: `the name of an S3 bucket`.
    #[must_use]
    pub fn noun(&self) -> String {
        match self.form {
            ContentForm::Number { least, most: u32::MAX } => {
                return format!("a whole number of {least} or more");
            }
            ContentForm::Number { least, most } => {
                return format!("a whole number from {least} to {most}");
            }
            ContentForm::OneOf(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
                return format!("one of {}", numbers.join(", "));
            }
            ContentForm::Words(words) => return format!("one of {}", words.join(", ")),
            ContentForm::Schedule { once: false } => return "`rate(…)` or `cron(…)`".to_owned(),
            ContentForm::Schedule { once: true } => {
                return "`rate(…)`, `cron(…)` or `at(…)`".to_owned();
            }
            ContentForm::Name { .. } | ContentForm::Arn(_) | ContentForm::List { .. } => {}
        }
        match self.description.split_once(' ') {
            Some((word @ ("Name" | "Id" | "Ids" | "Origin"), rest)) => {
                format!("the {} {rest}", word.to_lowercase())
            }
            _ if *self == Self::ARN_PART => "a part of an ARN".to_owned(),
            _ => format!("the {}", self.description),
        }
    }

    /// Returns the content of a parameter that has to fit both. Returns `None` if no content fits both.
    #[must_use]
    pub fn narrow(self, other: Self) -> Option<Self> {
        match (self.form, other.form) {
            (
                ContentForm::Name { letters, shortest, longest },
                ContentForm::Name { letters: others, shortest: least, longest: most },
            ) => {
                let form = ContentForm::Name {
                    letters: letters.min(others),
                    shortest: shortest.max(least),
                    longest: longest.min(most),
                };
                Some(Self { form, ..if others < letters { other } else { self } })
            }
            (ContentForm::Arn(forms), ContentForm::Arn(others)) => {
                let within = |inner: &[ArnForm], outer: &[ArnForm]| {
                    outer.contains(&ArnForm::ANY) || inner.iter().all(|form| outer.contains(form))
                };
                if within(forms, others) {
                    Some(self)
                } else {
                    within(others, forms).then_some(other)
                }
            }
            (ContentForm::List { of, .. }, ContentForm::List { of: other, .. }) => {
                (of == other).then_some(self)
            }
            (ContentForm::Words(one), ContentForm::Words(other)) => (one == other).then_some(self),
            (ContentForm::Schedule { once }, ContentForm::Schedule { .. }) => {
                Some(if once { other } else { self })
            }
            (
                ContentForm::List { .. } | ContentForm::Schedule { .. } | ContentForm::Words(_),
                _,
            )
            | (
                _,
                ContentForm::List { .. } | ContentForm::Schedule { .. } | ContentForm::Words(_),
            ) => None,
            (
                ContentForm::Number { least, most },
                ContentForm::Number { least: other_least, most: other_most },
            ) => {
                let (least, most) = (least.max(other_least), most.min(other_most));
                (least <= most)
                    .then_some(Self { form: ContentForm::Number { least, most }, ..self })
            }
            (ContentForm::OneOf(one), ContentForm::OneOf(other)) => (one == other).then_some(self),
            // An ARN is also a part of an ARN.
            (_, ContentForm::Name { letters: NameLetters::ArnPart, .. }) => Some(self),
            (ContentForm::Name { letters: NameLetters::ArnPart, .. }, _) => Some(other),
            _ => None,
        }
    }

    /// Returns whether a text can be the content. The characters of the names in ARNs are not checked.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        match self.form {
            ContentForm::Name { letters, shortest, longest } => {
                (shortest..=longest).contains(&text.len()) && letters.accepts(text)
            }
            ContentForm::Arn(forms) => forms.iter().any(|form| form.accepts(text)),
            ContentForm::Number { least, most } => {
                text.parse().is_ok_and(|number| (least..=most).contains(&number))
            }
            ContentForm::OneOf(numbers) => text.parse().is_ok_and(|it| numbers.contains(&it)),
            ContentForm::Words(words) => words.contains(&text),
            ContentForm::Schedule { once } => match text.parse() {
                Ok(ActionSchedule::Repeating(_)) => true,
                Ok(ActionSchedule::Once(_)) => once,
                Err(_) => false,
            },
            ContentForm::List { prefix, .. } => {
                text.split(',').all(|id| id.trim().starts_with(prefix))
            }
        }
    }
}

/// Returns the regular expression of a schedule. `once` is whether it can fire at one moment. EventBridge checks the
/// fields of `cron(…)` itself.
fn schedule_pattern(once: bool) -> String {
    const RATE: &str = r"rate\((1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\)";
    const CRON: &str = r"cron\([A-Z0-9,*?/L#-]+( [A-Z0-9,*?/L#-]+){5}\)";
    const AT: &str = r"at\([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\)";
    let forms: &[&str] = if once { &[RATE, CRON, AT] } else { &[RATE, CRON] };
    forms.join("|")
}

impl NameLetters {
    /// Returns the regular expression of names of these characters.
    #[must_use]
    pub const fn pattern(self) -> &'static str {
        match self {
            Self::Bucket => "[a-z0-9][a-z0-9.-]*[a-z0-9]",
            Self::Plain => "[A-Za-z0-9_.-]+",
            Self::Path => "/?[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*",
            Self::LogGroup => "[A-Za-z0-9_./#-]+",
            Self::ArnPart => "[A-Za-z0-9_.:/=+@#-]+",
        }
    }

    /// Returns whether a text consists of these characters.
    fn accepts(self, text: &str) -> bool {
        let plain = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|it| it.is_ascii_alphanumeric() || b"_.-".contains(&it))
        };
        let consists_of = |others: &[u8]| {
            let is_known = |it: u8| it.is_ascii_alphanumeric() || others.contains(&it);
            !text.is_empty() && text.bytes().all(is_known)
        };
        match self {
            Self::Bucket => {
                let alphanumeric =
                    |it: Option<char>| it.is_some_and(|it| it.is_ascii_alphanumeric());
                plain(text)
                    && !text.bytes().any(|it| it == b'_' || it.is_ascii_uppercase())
                    && alphanumeric(text.chars().next())
                    && alphanumeric(text.chars().next_back())
            }
            Self::Plain => plain(text),
            Self::Path => text.strip_prefix('/').unwrap_or(text).split('/').all(plain),
            Self::LogGroup => consists_of(b"_./#-"),
            Self::ArnPart => consists_of(b"_.:/=+@#-"),
        }
    }
}

#[cfg(test)]
mod tests;
