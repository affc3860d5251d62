# Completion of kv for bash: commands, options, and keys of the store.

# Offers the files that begin with a word, so that no name of a file is taken for anything else.
_kv_files() {
  local file quoted=
  # Bash quotes them itself, from version 4 on.
  compopt -o filenames 2>/dev/null || quoted=yes
  COMPREPLY=()
  while IFS= read -r file; do
    [[ $quoted ]] && file=$(printf '%q' "$file")
    COMPREPLY+=("$file")
  done < <(compgen -f -- "$1")
}

_kv() {
  local line=${COMP_LINE:0:COMP_POINT} cur prev word command= i
  local -a words=() store=()
  local commands="create read delete put exists list ttl apply export import copy backup verify repair shell completion compact stats path help"
  local options="--store --json --values --max-size --durability --wait --read-only --color --quiet --yes --help --version"
  # Not COMP_WORDS: there a colon and an equals sign are words of their own.
  read -a words <<< "$line"
  [[ $line == *[!\\][[:space:]] ]] && words+=("")
  local last=$((${#words[@]} - 1))
  cur=${words[last]} prev=${words[last - 1]}
  COMPREPLY=()
  case $cur in
    --store=* | --to=*) _kv_files "${cur#*=}"; return ;;
    --*=*) prev=${cur%%=*} cur=${cur#*=} ;;
  esac
  case $prev in
    -s | --store | --to) _kv_files "$cur"; return ;;
    --durability) COMPREPLY=($(compgen -W "sync batch none" -- "$cur")); return ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
    --on-exists) COMPREPLY=($(compgen -W "fail skip replace" -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W "jsonl json" -- "$cur")); return ;;
    --max-size | --ttl | --limit | --prefix | --after) return ;;
  esac
  for ((i = 1; i < last; i++)); do
    word=${words[i]}
    case $word in
      -s | --store) store=(-s "${words[i + 1]/#\~/$HOME}"); ((i++)) ;;
      --store=*) store=(-s "${word#*=}") ;;
      --max-size | --durability | --color) ((i++)) ;;
      --values) [[ ${words[i + 1]} == any ]] && ((i++)) ;;
      -*) ;;
      *) command=${command:-$word} ;;
    esac
  done
  case $command in
    create | put) options+=" --ttl" ;;
    read | get) options+=" --pretty --compact" ;;
    list | ls) options+=" --long --count --limit --after" ;;
    apply) options+=" --dry-run" ;;
    export) options+=" --prefix --format" ;;
    import) options+=" --on-exists --dry-run" ;;
    copy) options+=" --verify" ;;
    repair) options+=" --to" ;;
  esac
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$cur"))
    return
  fi
  case $command in
    '' | help) COMPREPLY=($(compgen -W "$commands" -- "$cur")) ;;
    completion) COMPREPLY=($(compgen -W "bash zsh fish" -- "$cur")) ;;
    read | get | delete | del | rm | put | exists | ttl | list | ls)
      local key
      while IFS= read -r key; do
        COMPREPLY+=("$(printf '%q' "$key")")
      done < <(command kv ${store[@]+"${store[@]}"} -q --read-only list --limit 100 -- "$cur" </dev/null 2>/dev/null)
      # What stands before a colon is a word of its own for bash, and stays.
      [[ $cur == *:* && $COMP_WORDBREAKS == *:* ]] \
        && COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}")
      ;;
    apply | export | import | copy | backup) _kv_files "$cur" ;;
  esac
}
complete -F _kv kv
