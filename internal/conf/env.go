package conf

import (
	"path"
	"regexp"
	"strings"
)

// DetectEnv tells in which form a text holds environment variables: a .env file,
// the environment of a compose file or pod, commands, or a JSON map. The name of
// the file may be empty; the content decides where it says nothing. The flavour
// is Usual, as .env files do not tell who reads them, but for what only a shell
// reads.
func DetectEnv(name, raw string) (Kind, Flavour) {
	raw = strings.TrimPrefix(raw, envBOM)
	base := strings.ToLower(path.Base(strings.ReplaceAll(name, `\`, "/")))
	switch ext := path.Ext(base); {
	case ext == ".env", base == ".env", strings.HasPrefix(base, ".env."), strings.HasPrefix(base, "env."), ext == ".envrc":
		if k := envForm(raw); k != EnvList || envLines(raw, dotenvLine) > 0 {
			return Dotenv, Usual
		}
		return EnvList, Usual
	case ext == ".yml", ext == ".yaml":
		return EnvList, Usual
	case ext == ".json":
		return JSON, Usual
	case ext == ".service", strings.HasPrefix(base, "dockerfile"), strings.HasPrefix(base, "containerfile"):
		return Command, Usual
	case ext == ".sh", ext == ".bash":
		if envForm(raw) == Dotenv {
			return Dotenv, Shell
		}
		return Command, Usual
	}
	return envForm(raw), Usual
}

// What the lines of each form look like.
var (
	dotenvLine  = regexp.MustCompile(`^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=`)
	exportLine  = regexp.MustCompile(`^\s*export\s+[A-Za-z_]\w*=`)
	itemLine    = regexp.MustCompile(`^\s*-\s+(?:["']?[A-Za-z_][\w.-]*=|name:\s|[A-Z_][A-Z0-9_]*\s*$)`)
	mapLine     = regexp.MustCompile(`^\s*["']?[A-Za-z_][\w.-]*["']?:(?:\s|$)`)
	commandLine = regexp.MustCompile(`^\s*(?:[$#>]\s+)?(?:sudo\s+(?:-\S+\s+(?:\w+\s+)?)?)?(?:` +
		`(?:docker|podman|nerdctl|docker-compose|kubectl|fly|flyctl|heroku|dokku|railway|vercel|wp|az|gcloud|aws|setx|set|php|occ|(?:\S*/)?(?:magento|occ))\s` +
		`|-e[\s'"A-Z]|--env[\s=]|--env-file[\s=]|ENV\s+[A-Za-z_]|Environment(?:File)?=)`)
	prefixLine = regexp.MustCompile(`^\s*[A-Z_][A-Z0-9_]*=\S+\s+(?:[A-Z_][A-Z0-9_]*=\S+\s+)*(?:\./|/|npm |node |python|php |ruby |bundle |java |go |npx |yarn |pnpm )`)
)

// envForm tells the form by the lines.
func envForm(raw string) Kind {
	trimmed := strings.TrimSpace(raw)
	if strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, `"`) && strings.Contains(trimmed, `":`) && !mapLine.MatchString(trimmed) {
		return JSON
	}
	commands := envLines(raw, commandLine) + envLines(raw, prefixLine)
	items, maps, assigns := envLines(raw, itemLine), envLines(raw, mapLine), envLines(raw, dotenvLine)
	switch {
	case commands > 0 && commands >= items && assigns <= commands+envLines(raw, prefixLine)+envLines(raw, exportLine):
		return Command
	case items+maps > assigns:
		return EnvList
	case items+maps+assigns == 0 && quotedKeys(trimmed):
		return JSON
	}
	return Dotenv
}

func quotedKeys(s string) bool { return strings.HasPrefix(s, `"`) && strings.Contains(s, `":`) }

// envLines counts the lines in force that a pattern fits.
func envLines(raw string, form *regexp.Regexp) int {
	n := 0
	for line := range strings.Lines(raw) {
		text := strings.TrimSpace(line)
		if text != "" && (text[0] != '#' || form == commandLine && strings.HasPrefix(text, "# ")) && form.MatchString(strings.TrimRight(line, "\r\n")) {
			n++
		}
	}
	return n
}
