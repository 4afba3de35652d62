using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Abm.Privacy.Erasure;
using QuickStart.Keys;
using QuickStart.Output;
using QuickStart.Steps;

namespace QuickStart.Erasure;

/// <summary>A receipt beside the data, and what whoever has the signer's certificate reads in it.</summary>
internal sealed class ReceiptFile(OutputFolder folder, KeyFolder keys)
{
    public async Task SaveAndVerifyAsync(ShredCertificate certificate, StepReport report, CancellationToken cancellationToken)
    {
        if (certificate.SignedReceipt is not { } signed)
        {
            report.Fail(ExitCodes.Integrity, "The person is forgotten, but the receipt is not certified: " + string.Join(" ", certificate.Receipt.Preconditions.Where(one => !one.Holds).Select(one => one.Detail)));
            return;
        }

        await using var file = folder.Create($"erasure-receipt.{certificate.Receipt.Subject}.p7s");
        await file.Stream.WriteAsync(signed, cancellationToken);
        await file.CommitAsync(cancellationToken);

        // as a third party does it: the file, and the signer's certificate, which holds no secret
        using var signer = X509CertificateLoader.LoadCertificateFromFile(keys.SignerCertificateFile);
        var receipt = ShredCertificate.Verify(await File.ReadAllBytesAsync(file.Path, cancellationToken), signer);
        var table = report.Table("The receipt, read back and verified with the signer's certificate", 10, "what", "value");
        table.Row("signed by", ConsoleText.Clean(signer.Subject));
        table.Row("subject", receipt.Subject);
        table.Row("reason", receipt.Reason);
        table.Row("keys destroyed", string.Join(", ", receipt.DestroyedKeys));
        table.Row("destroyed at", Text(receipt.DestroyedAt));
        table.Row("unusable everywhere from", Text(receipt.UnusableEverywhereAt));
        table.Row("irrecoverable since", receipt.IrrecoverableSince is { } since ? Text(since) : "not known");
        report.File(file.Path, 1);
        report.Note($"Anybody can check the receipt with '{ConsoleText.Clean(keys.SignerCertificateFile)}': ShredCertificate.Verify, or any program that reads CMS.");
    }

    private static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);
}
