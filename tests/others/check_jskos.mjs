// Print how many lines of JSKOS are valid, and what is wrong with the others.
import fs from "node:fs"
import { createRequire } from "node:module"

const [modules, ...files] = process.argv.slice(2)
const { validate } = createRequire(modules + "/")("jskos-validate")

for (const file of files) {
  let valid = 0
  for (const line of fs.readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    if (validate(JSON.parse(line))) valid++
    else console.error(line.slice(0, 200), JSON.stringify(validate.errorMessages))
  }
  console.log(valid)
}
