using Abm.Privacy.Benchmarks;
using Abm.Privacy.Benchmarks.EntityFramework;
using BenchmarkDotNet.Running;

// whole saves of 100,000 rows are timed once each, side by side, not in a loop
if (args is ["ef", ..])
{
    await BulkTrial.RunAsync(args is [_, var rows, ..] ? int.Parse(rows, System.Globalization.CultureInfo.InvariantCulture) : 100_000);
    return;
}

if (args is ["threads"])
{
    ThreadsTrial.Measure();
    return;
}

if (args is ["text"])
{
    TextTrial.Measure();
    return;
}

if (args is ["ledger", ..])
{
    await LedgerTrial.RunAsync(args is [_, var contacts, ..] ? int.Parse(contacts, System.Globalization.CultureInfo.InvariantCulture) : 500);
    return;
}

if (args is ["audience", ..])
{
    await AudienceTrial.RunAsync(args is [_, var count, ..] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
    return;
}

if (args is ["consent", ..])
{
    await ConsentTrial.MeasureAsync(args is [_, var stream, ..] ? int.Parse(stream, System.Globalization.CultureInfo.InvariantCulture) : 10_000_000);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
