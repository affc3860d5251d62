@echo off
rem Starts kv on Windows from the directory that this file lies in.
setlocal
set "lib=%~dp0..\lib"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
rem Java prints a line on the standard error for each of these; options for kv are in KV_JAVA_OPTS.
set "JAVA_TOOL_OPTIONS="
set "JDK_JAVA_OPTIONS="
set "_JAVA_OPTIONS="
"%java%" -XX:TieredStopAtLevel=1 -Xlog:disable -XX:-UsePerfData -Dfile.encoding=UTF-8 --enable-native-access=ALL-UNNAMED %KV_JAVA_OPTS% -cp "%lib%\*;%lib%\etcd\*" dev.kvstore.app.Main %*
exit /b %ERRORLEVEL%
