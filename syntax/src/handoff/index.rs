//! The index: the facts about the application as a whole that `main!()` needs. The index lists the handlers
//! that each binary serves, and the outputs to publish once the binary is linked.

use std::fmt::{self, Write as _};
use std::path::PathBuf;

use super::fields::{escape_path, escape_text, unescape_path, unescape_text};
use super::file::{HandoffError, read_file, write_file};

/// The index of an application, which the build step writes and `main!()` reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AppIndex {
    /// The folder of the package's manifest, for which the build step ran.
    pub package: PathBuf,
    /// The name under which the package depends on the runtime crate.
    pub facade: String,
    /// The name of the package's own library, as its binaries write it. `None` if the library contains no
    /// functions.
    pub library: Option<String>,
    /// The handlers of the application, each with its binary.
    pub handlers: Vec<ServedHandler>,
    /// The environment variables of the application's functions, each once for each value.
    pub variables: Vec<Variable>,
    /// The environment variables in each environment beside the default one, by its name.
    pub environments: Vec<(String, Vec<Variable>)>,
    /// The settings of CORS of the application's API, which the local host applies. `None` if there are none.
    pub cors: Option<Cors>,
    /// The outputs to publish. `None` if the application has errors.
    pub outputs: Option<Outputs>,
    /// The errors that belong to no item, which `main!()` reports.
    pub problems: Vec<String>,
}

/// A handler, with the binary that serves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedHandler {
    /// The name of the binary.
    pub binary: String,
    /// The value of `_HANDLER` that selects the handler.
    pub name: String,
}

/// An environment variable that functions have when they are deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name of the variable.
    pub name: String,
    /// The value of the variable. `None` if it is known only when the application is deployed.
    pub value: Option<String>,
}

/// The settings of CORS of an API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cors {
    /// The origins whose pages may call the API.
    pub origins: Vec<String>,
    /// The methods that pages may use.
    pub methods: Vec<String>,
    /// The headers that pages may send.
    pub headers: Vec<String>,
    /// The headers of answers that pages may read.
    pub expose: Vec<String>,
    /// How long a browser may keep the answer to a preflight request, in seconds.
    pub max_age: Option<u32>,
    /// Whether the browser sends credentials along.
    pub credentials: bool,
}

impl Cors {
    /// Returns the lists of texts, each with its name in an index file.
    fn lists(&self) -> [(&'static str, &Vec<String>); 4] {
        [
            ("origin", &self.origins),
            ("method", &self.methods),
            ("header", &self.headers),
            ("expose", &self.expose),
        ]
    }

    /// Returns the list with this name in an index file.
    fn list_mut(&mut self, name: &str) -> Option<&mut Vec<String>> {
        match name {
            "origin" => Some(&mut self.origins),
            "method" => Some(&mut self.methods),
            "header" => Some(&mut self.headers),
            "expose" => Some(&mut self.expose),
            _ => None,
        }
    }
}

/// The outputs to publish when a binary is linked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outputs {
    /// The directory into which the outputs are published.
    pub directory: PathBuf,
    /// The path of this build's stamp in the output directory.
    pub stamp: PathBuf,
    /// The names of the files, which are the same in the build step's folder and in the output directory.
    pub files: Vec<String>,
    /// The programs of the application, one for each binary that serves functions.
    pub programs: Vec<Program>,
}

/// The program in a code folder: the binary as it is deployed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The name of the binary.
    pub binary: String,
    /// The path at which the program is published.
    pub path: PathBuf,
    /// Whether Lambda can run this build of the binary. If not, no program is published.
    pub runs_on_lambda: bool,
}

impl AppIndex {
    /// Returns the content of an index file. `version` is the version of the build step that writes the file.
    #[must_use]
    pub fn write(&self, version: &str) -> String {
        write_file(version, |text| self.write_lines(text))
    }

    /// Reads the content of an index file. `version` is the version of the macros that read it.
    ///
    /// # Errors
    ///
    /// Returns an error if a build step of another version wrote the file, or if its content is invalid.
    pub fn read(text: &str, version: &str) -> Result<Self, HandoffError> {
        read_file(text, version, Self::add_line)
    }

    /// Writes the lines of the index after the first line of the file.
    fn write_lines(&self, f: &mut String) -> fmt::Result {
        writeln!(f, "package\t{}", escape_path(&self.package))?;
        writeln!(f, "facade\t{}", self.facade)?;
        if let Some(library) = &self.library {
            writeln!(f, "library\t{library}")?;
        }
        for ServedHandler { binary, name } in &self.handlers {
            writeln!(f, "handler\t{binary}\t{name}")?;
        }
        write_variables(&self.variables, f)?;
        for (name, variables) in &self.environments {
            writeln!(f, "environment\t{name}")?;
            write_variables(variables, f)?;
        }
        if let Some(cors) = &self.cors {
            let age = cors.max_age.map(|age| age.to_string()).unwrap_or_default();
            writeln!(f, "cors\t{}\t{age}", cors.credentials)?;
            for (name, texts) in cors.lists() {
                for text in texts {
                    writeln!(f, "cors_{name}\t{}", escape_text(text))?;
                }
            }
        }
        if let Some(Outputs { directory, stamp, files, programs }) = &self.outputs {
            writeln!(f, "outputs\t{}\t{}", escape_path(directory), escape_path(stamp))?;
            for file in files {
                writeln!(f, "file\t{file}")?;
            }
            for Program { binary, path, runs_on_lambda } in programs {
                writeln!(f, "program\t{binary}\t{}\t{runs_on_lambda}", escape_path(path))?;
            }
        }
        for problem in &self.problems {
            writeln!(f, "problem\t{}", escape_text(problem))?;
        }
        Ok(())
    }

    /// Adds the fields of one line to the index. Returns `None` if the fields are invalid.
    fn add_line(&mut self, fields: &[&str]) -> Option<()> {
        match fields {
            ["package", package] => self.package = unescape_path(package),
            ["facade", facade] => self.facade = (*facade).to_owned(),
            ["library", library] => self.library = Some((*library).to_owned()),
            ["handler", binary, name] => {
                let (binary, name) = ((*binary).to_owned(), (*name).to_owned());
                self.handlers.push(ServedHandler { binary, name });
            }
            ["variable", name, value @ ..] => {
                let value = match value {
                    [] => None,
                    [value] => Some(unescape_text(value)),
                    _ => return None,
                };
                let last = self.environments.last_mut();
                let variables = last.map_or(&mut self.variables, |(_, variables)| variables);
                variables.push(Variable { name: (*name).to_owned(), value });
            }
            ["environment", name] => self.environments.push(((*name).to_owned(), Vec::new())),
            ["outputs", directory, stamp] => {
                let (directory, stamp) = (unescape_path(directory), unescape_path(stamp));
                self.outputs = Some(Outputs { directory, stamp, ..Outputs::default() });
            }
            ["file", file] => self.outputs.as_mut()?.files.push((*file).to_owned()),
            ["program", binary, path, runs] => self.outputs.as_mut()?.programs.push(Program {
                binary: (*binary).to_owned(),
                path: unescape_path(path),
                runs_on_lambda: runs.parse().ok()?,
            }),
            ["cors", credentials, age] => {
                let max_age = if age.is_empty() { None } else { Some(age.parse().ok()?) };
                let credentials = credentials.parse().ok()?;
                self.cors = Some(Cors { max_age, credentials, ..Cors::default() });
            }
            [name, text] if name.starts_with("cors_") => {
                let list = name.strip_prefix("cors_")?;
                self.cors.as_mut()?.list_mut(list)?.push(unescape_text(text));
            }
            ["problem", problem] => self.problems.push(unescape_text(problem)),
            _ => return None,
        }
        Some(())
    }
}

/// Writes a line for each variable.
fn write_variables(variables: &[Variable], f: &mut String) -> fmt::Result {
    for Variable { name, value } in variables {
        match value {
            Some(value) => writeln!(f, "variable\t{name}\t{}", escape_text(value))?,
            None => writeln!(f, "variable\t{name}")?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_index_is_read_back() {
        let program = |binary: &str, runs_on_lambda| Program {
            binary: binary.to_owned(),
            path: format!("/target/code/{binary}/bootstrap").into(),
            runs_on_lambda,
        };
        let index = AppIndex {
            package: "/home/my orders".into(),
            facade: "skylift".to_owned(),
            library: Some("orders".to_owned()),
            handlers: vec![ServedHandler {
                binary: "orders".to_owned(),
                name: "api::list".to_owned(),
            }],
            outputs: Some(Outputs {
                directory: "/tar\tget".into(),
                stamp: "/target/.stamps/1".into(),
                files: vec!["template.yaml".to_owned(), "app.json".to_owned()],
                programs: vec![program("orders", true), program("jobs", false)],
            }),
            problems: vec!["something\nover two lines".to_owned()],
            variables: Vec::new(),
            environments: Vec::new(),
            cors: None,
        };
        let variable = |name: &str, value: Option<&str>| Variable {
            name: name.to_owned(),
            value: value.map(str::to_owned),
        };
        let variables = vec![variable("LEVEL", Some("a\tb\nc")), variable("TOPIC", None)];
        let environments = vec![
            ("prod".to_owned(), vec![variable("LEVEL", Some("warn"))]),
            ("test".to_owned(), Vec::new()),
        ];
        let cors = Cors {
            origins: vec!["https://a.example".to_owned(), "*".to_owned()],
            methods: vec!["GET".to_owned()],
            headers: vec!["x-a".to_owned()],
            expose: vec!["x-b".to_owned()],
            max_age: Some(60),
            credentials: true,
        };
        let index = AppIndex { variables, environments, cors: Some(cors), ..index };
        let least = AppIndex { cors: Some(Cors::default()), ..AppIndex::default() };
        for index in [index, least, AppIndex::default()] {
            assert_eq!(AppIndex::read(&index.write("1.0.0"), "1.0.0"), Ok(index));
        }
    }

    #[test]
    fn an_index_of_another_version_or_with_invalid_content_is_not_read() {
        let written = AppIndex::default().write("1.0.0");
        let other = Err(HandoffError::OtherVersion(Some("1.0.0".to_owned())));
        assert_eq!(AppIndex::read(&written, "2.0.0"), other);
        // Files and programs need a line of outputs before them.
        let program = "program\ta\tb\ttrue\n";
        for broken in
            ["cors_origin\t*\n", "unknown\tx\n", "file\ttemplate.yaml\n", program, "facade\n"]
        {
            let text = format!("{written}{broken}");
            assert_eq!(AppIndex::read(&text, "1.0.0"), Err(HandoffError::Broken), "{broken}");
        }
    }
}
