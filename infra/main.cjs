require("../start.cjs");
module.exports = require("./index.ts");
