package archtest

// A Rule is one law of the house that a machine can check.
type Rule struct {
	Name  string // also the name of the tree in testdata that breaks it
	Law   string // the law in one sentence
	Check func(*Tree, Report)
}

// Report receives what a rule objects to: the place ("sim/clock.go:12", or a folder) and a sentence that names the fix.
type Report func(place, format string, args ...any)

// Rules are all the laws, the architecture first.
var Rules = []Rule{
	{"folders", "the top level is fixed", checkFolders},
	{"imports", "every part imports only what its place in the program allows", checkImports},
	{"constructors", "scenarios knows every Config and builds nothing", checkConstructors},
	{"vocabulary", "system holds only words that two parts share", checkVocabulary},
	{"nouns", "system is one noun a file, without behaviour", checkNouns},
	{"configs", "every stage is configured in the same shape", checkConfigs},
	{"bans", "nothing below cmd reads a wall clock, global luck or a platform's mathematics", checkBans},
	{"sources", "every gonum distribution draws from a source of its own", checkSources},
	{"maps", "no map is walked into anything ordered", checkMaps},
	{"size", "files and functions stay readable", checkSize},
	{"docs", "the code is a textbook", checkDocs},
	{"reading", "every reading order names every file of its package, and no other", checkReading},
	{"paths", "the project stands alone: no file names a place on somebody's machine", checkPaths},
}
