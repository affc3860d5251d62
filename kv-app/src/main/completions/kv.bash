# Completion of kv for bash: commands, options, and keys of the store.
_kv() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} word command= i
  local commands="create read delete put exists list ttl apply export import copy backup verify repair shell completion compact stats path help"
  local options="--store --json --values --max-size --durability --wait --read-only --color --quiet --yes --help --version"
  case $prev in
    -s | --store) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --durability) COMPREPLY=($(compgen -W "sync batch none" -- "$cur")); return ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")); return ;;
    --on-exists) COMPREPLY=($(compgen -W "fail skip replace" -- "$cur")); return ;;
    --format) COMPREPLY=($(compgen -W "jsonl json" -- "$cur")); return ;;
    --to) COMPREPLY=($(compgen -f -- "$cur")); return ;;
    --max-size | --ttl | --limit | --prefix | --after) return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      -s | --store | --max-size | --durability | --color) ((i++)) ;;
      --values) [[ ${COMP_WORDS[i + 1]} == any ]] && ((i++)) ;;
      -*) ;;
      *) command=$word; break ;;
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
      local IFS=$'\n' key
      COMPREPLY=()
      for key in $(command kv -q list --limit 100 -- "$cur" </dev/null 2>/dev/null); do
        COMPREPLY+=("$(printf '%q' "$key")")
      done
      # What stands before a colon is a word of its own for bash, and stays.
      [[ $cur == *:* ]] && COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*:}"}"}")
      ;;
    apply | export | import | copy | backup) COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
}
complete -F _kv kv
