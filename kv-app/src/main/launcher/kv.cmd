@echo off
rem Starts kv on Windows from the folder that this file lies in. No variable of it outlives it, and an exclamation mark stays one.
setlocal EnableExtensions DisableDelayedExpansion
set "kv_lib=%~dp0..\lib"
rem No brackets around what follows: a folder such as "Program Files (x86)" would end them.
set "kv_java="
for %%j in (java.exe) do set "kv_java=%%~$PATH:j"
if defined JAVA_HOME set "kv_java=%JAVA_HOME:"=%\bin\java.exe"
if not exist "%kv_java%" >&2 echo kv: USAGE: there is no Java; set JAVA_HOME, or put java.exe of version 17 or later on the PATH
if not exist "%kv_java%" exit /b 2
rem Java prints a line on the standard error for each of these; options for kv are in KV_JAVA_OPTS.
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
rem Java reads arguments in the code page of the system and replaces what it lacks; of this variable it keeps every character.
rem No quotes around it: they would turn those in the arguments inside out.
set KV_ARGUMENTS=%*
rem This file cannot tell which standard streams are terminals; Java is asked whether the input and the output are.
"%kv_java%" -XX:TieredStopAtLevel=1 -Xlog:disable -XX:-UsePerfData -Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED -Dkv.terminals=console -Dkv.arguments=KV_ARGUMENTS -Djdk.console=java.base %KV_JAVA_OPTS% -cp "%kv_lib%\*;%kv_lib%\etcd\*" dev.kvstore.app.Main %*
exit /b %ERRORLEVEL%
