"use strict";
require("../pack.cjs")(__dirname);
