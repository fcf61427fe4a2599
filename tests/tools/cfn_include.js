// Includes each template in a stack of its own, and prints the templates that the CDK makes of them.

const fs = require("fs");
const os = require("os");
const path = require("path");
const { App, LegacyStackSynthesizer, Stack } = require("aws-cdk-lib/core");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "cdk-"));
// The legacy synthesizer adds nothing of its own to a template.
const app = new App({
  analyticsReporting: false,
  defaultStackSynthesizer: new LegacyStackSynthesizer(),
  outdir,
});
const templates = process.argv.slice(2);
templates.forEach((templateFile, number) => {
  new CfnInclude(new Stack(app, `Stack${number}`), "Included", { templateFile });
});
const assembly = app.synth();
const made = templates.map((file, number) => [file, assembly.getStackByName(`Stack${number}`).template]);
fs.rmSync(outdir, { recursive: true });
process.stdout.write(JSON.stringify(Object.fromEntries(made)));
