"use strict";
require("../../start.cjs");
require("./index.ts");
