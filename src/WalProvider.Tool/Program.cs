using System.Globalization;
using System.Text;
using WalProvider.Tool;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (!Console.IsOutputRedirected || !Console.IsErrorRedirected)
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

return await ToolCommandLine.RunAsync(args, ToolConsole.OfProcess());
