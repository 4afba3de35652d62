using System.Text;
using QuickStart;
using QuickStart.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var cancel = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancel.Cancel();
};

try
{
    var options = QuickStartOptions.Parse(args);
    if (options.ShowHelp)
    {
        Console.Out.WriteLine(QuickStartOptions.Help);
        return (int)ExitCodes.Success;
    }

    await CampaignDay.RunAsync(options, new ConsoleReport(), cancel.Token);
    return (int)ExitCodes.Success;
}
catch (Exception error)
{
    var (exitCode, message) = ErrorParagraph.For(error);
    Console.Error.WriteLine(message);
    return (int)exitCode;
}
