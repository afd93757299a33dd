/**
 * What `tuneaudit completion <shell>` prints. Each asks `tuneaudit complete -- <words>` for what may stand next: a first
 * line `names`, or `files` with a tab and what comes before a file's name, then a line for each name, a tab, what it is.
 */
export const SCRIPTS = {
  bash: `# tuneaudit: completion for bash. In ~/.bashrc: source <(tuneaudit completion bash)
_tuneaudit() {
  local -a words=()
  local word joined='' kind='' value about program=\${COMP_WORDS[0]}
  # Bash splits words at = and :, which belong to them here.
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((\${#words[@]})) && [[ -n $joined || $word == [=:]* ]]; then
      words[\${#words[@]}-1]+=$word
    else
      words+=("$word")
    fi
    joined=''
    [[ $word == [=:]* ]] && joined=1
  done
  type -P "$program" >/dev/null || program=tuneaudit
  word=\${words[\${#words[@]}-1]}
  # What stands before the last = or : is no part of what readline replaces.
  local kept=\${word%"\${word##*[=:]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    if [[ -z $kind ]]; then
      kind=$value
    else
      COMPREPLY+=("\${value#"$kept"}")
    fi
  done < <("$program" complete -- "\${words[@]}" 2>/dev/null)
  if [[ $kind == names ]]; then compopt +o default +o bashdefault 2>/dev/null; fi
  if ((\${#COMPREPLY[@]} == 1)) && [[ \${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o bashdefault -o default -F _tuneaudit tuneaudit
`,
  zsh: `#compdef tuneaudit
# tuneaudit: completion for zsh. In ~/.zshrc, after compinit: source <(tuneaudit completion zsh)
_tuneaudit() {
  local program=\${words[1]} line kind before value
  local -a lines whole open
  whence -p -- $program >/dev/null || program=tuneaudit
  lines=("\${(@f)$("$program" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  kind=\${lines[1]%%$'\\t'*} before=\${lines[1]#*$'\\t'}
  for line in "\${(@)lines[2,-1]}"; do
    value=\${line%%$'\\t'*}
    line="\${value//:/\\\\:}:\${line#*$'\\t'}"
    if [[ $value == *= ]]; then open+=("$line"); else whole+=("$line"); fi
  done
  (($#whole)) && _describe -V tuneaudit whole
  (($#open)) && _describe -V tuneaudit open -S ''
  if [[ $kind == files ]]; then
    [[ -n $before ]] && compset -P '*='
    _files
  fi
}
if [[ $funcstack[1] == _tuneaudit ]]; then _tuneaudit "$@"; else compdef _tuneaudit tuneaudit; fi
`,
  fish: `# tuneaudit: completion for fish. As ~/.config/fish/completions/tuneaudit.fish, or: tuneaudit completion fish | source
function __tuneaudit_complete
    set -l tokens (commandline -opc)
    set -l current (commandline -ct)
    set -l program $tokens[1]
    type -q -- $program; or set program tuneaudit
    set -l lines ($program complete -- $tokens[2..-1] "$current" 2>/dev/null)
    set -l head (string split \\t -- $lines[1])
    for line in $lines[2..-1]
        echo $line
    end
    if test "$head[1]" = files
        set -l before "$head[2]"
        set -l rest (string sub -s (math (string length -- "$before") + 1) -- "$current")
        for file in (__fish_complete_path "$rest")
            echo $before$file
        end
    end
end
complete -c tuneaudit -f -a '(__tuneaudit_complete)'
`,
} as const

export type Shell = keyof typeof SCRIPTS

export const SHELLS = Object.keys(SCRIPTS) as Shell[]
