// Print how many statements JavaScript parsers find in each file.
import fs from "node:fs"
import { createRequire } from "node:module"

const [modules, ...files] = process.argv.slice(2)
const require = createRequire(modules + "/")
const { Parser } = require("n3")
const { RdfXmlParser } = require("rdfxml-streaming-parser")

function ofXml(file) {
  return new Promise((resolve, reject) => {
    let count = 0
    fs.createReadStream(file)
      .pipe(new RdfXmlParser({ strict: true }))
      .on("data", () => count++)
      .on("error", reject)
      .on("end", () => resolve(count))
  })
}

for (const file of files) {
  const count = file.endsWith(".rdf") ? await ofXml(file) : new Parser().parse(fs.readFileSync(file, "utf8")).length
  console.log(count)
}
