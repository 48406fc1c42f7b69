@echo off
rem One entry for all that is done with this repository; "build.cmd help" lists the verbs. build.sh is its twin.
setlocal EnableExtensions DisableDelayedExpansion
set "root=%~dp0"
set "solution=%root%WalProvider.sln"
set "results=%root%artifacts\test-results"
set "tool=%root%src\WalProvider.Tool"
set "benchmarks=%root%test\WalProvider.Benchmarks"
set "reliability=%root%test\WalProvider.Reliability.Tests"
set "tests=%root%test\WalProvider.Tests"

set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
rem A build server that outlives a CI job keeps the job's files and output pipe open.
if defined CI set MSBUILDDISABLENODEREUSE=1

set "verb=%~1"
if "%verb%"=="" set "verb=help"

rem cmd's "shift" leaves %* alone, so what follows the verb is gathered by hand.
set "rest="
:gather
shift
if "%~1"=="" goto gathered
set rest=%rest% %1
goto gather
:gathered

if /i "%verb%"=="help" goto usage
if /i "%verb%"=="-h" goto usage
if /i "%verb%"=="--help" goto usage
if /i "%verb%"=="clean" goto clean
for %%v in (build test soak mutate demo bench pack format) do if /i "%verb%"=="%%v" goto checked
echo build.cmd: '%verb%' is not a verb 1>&2
call :usage 1>&2
exit /b 2

:checked
call :require_sdk || exit /b 1
goto %verb%

:usage
echo usage: build.cmd VERB
echo.
echo   build              compile everything (Release)
echo   test               compile, check the formatting, run every test; the last line reads "N passed, N failed"
echo   soak [ROW ...]     the faults, floods and hostile files of docs/reliability.md, whole: half an hour, and its table anew
echo   mutate [FOLDER]    mutation testing of the folders of src\WalProvider that docs/mutation.md names, or of one: hours
echo   demo [FILE.csv]    the whole story on real input: the Unicode table of .NET, or a CSV file of yours
echo   bench [ARGS]       the benchmarks; ARGS go to them (list, a row's name, --quick, micro, --help)
echo   pack               NuGet packages into artifacts\packages
echo   format             rewrite the sources to the style that "test" checks
echo   clean              delete everything that was built
echo   help               this text
exit /b 0

:build
call :sdk build "%solution%" -c Release --nologo -v minimal
exit /b %ERRORLEVEL%

:test
call :build || exit /b
call :sdk format "%solution%" --verify-no-changes --no-restore || exit /b
if exist "%results%" rmdir /s /q "%results%"
set "outcomes="
for /d %%d in ("%root%test\*.Tests") do call :test_project "%%~nxd"
call :sdk run "%root%test\TestSummary.cs" -- "%results%" %outcomes%
exit /b %ERRORLEVEL%

:test_project
rem A hung test is named and ended, where it would hold the build for ever.
call :sdk test "%root%test\%~1\%~1.csproj" -c Release --no-build --nologo --logger "trx;LogFileName=%~1.trx" --results-directory "%results%" --blame-hang-timeout 5m --blame-hang-dump-type none
set outcomes=%outcomes% "%~1=%ERRORLEVEL%"
exit /b 0

:demo
call :build_quietly "%tool%" || exit /b
dotnet "%tool%\bin\Release\net10.0\WalProvider.Tool.dll" demo %rest%
exit /b %ERRORLEVEL%

:bench
call :build_quietly "%benchmarks%" || exit /b
rem BenchmarkDotNet finds its own project by searching from the current directory.
cd /d "%root%"
dotnet "%benchmarks%\bin\Release\net10.0\WalProvider.Benchmarks.dll" %rest%
exit /b %ERRORLEVEL%

:soak
call :build_quietly "%reliability%" || exit /b
dotnet "%reliability%\bin\Release\net10.0\WalProvider.Reliability.Tests.dll" %rest%
exit /b %ERRORLEVEL%

:mutate
rem Stryker finds the tests to run, and its own settings, in the current directory.
cd /d "%tests%"
dotnet tool restore || exit /b
set "mutate="
for %%f in (%rest%) do set "mutate=--mutate **/%%f/**/*.cs"
dotnet stryker --output "%root%artifacts\mutation" %mutate%
exit /b %ERRORLEVEL%

:pack
for /d %%d in ("%root%src\*") do (
    call :sdk pack "%%~fd" -c Release --nologo -v minimal -o "%root%artifacts\packages" || exit /b
)
exit /b 0

:format
call :sdk format "%solution%"
exit /b %ERRORLEVEL%

:clean
for %%d in (artifacts BenchmarkDotNet.Artifacts) do if exist "%root%%%d" rmdir /s /q "%root%%%d"
for %%s in (src test) do for /d %%d in ("%root%%%s\*") do for %%b in (bin obj) do (
    if exist "%%~fd\%%b" rmdir /s /q "%%~fd\%%b"
)
exit /b 0

rem What follows owns the terminal, so a build that succeeds leaves nothing on it.
:build_quietly
set "log=%TEMP%\walprovider-build-%RANDOM%%RANDOM%.log"
echo Building %~nx1 ... 1>&2
call :sdk build "%~1" -c Release --nologo -v quiet > "%log%" 2>&1
set "code=%ERRORLEVEL%"
if not "%code%"=="0" type "%log%" 1>&2
del "%log%"
exit /b %code%

rem The SDK looks for global.json from the current directory upwards, not from the project's.
:sdk
pushd "%root%"
dotnet %*
set "sdk_code=%ERRORLEVEL%"
popd
exit /b %sdk_code%

:require_sdk
set "wanted="
for /f "tokens=2 delims=:, " %%v in ('findstr /c:"\"version\"" "%root%global.json"') do if not defined wanted set "wanted=%%~v"
set "found=no dotnet is on the PATH"
where dotnet >nul 2>nul
if errorlevel 1 goto no_sdk
set "found=the installed dotnet has no such SDK, see dotnet --list-sdks"
call :sdk --version >nul 2>nul && exit /b 0
:no_sdk
echo build.cmd: the .NET SDK %wanted% or a later one of the same major version is needed (global.json); %found%. 1>&2
echo build.cmd: get it from https://dotnet.microsoft.com/download 1>&2
exit /b 1
