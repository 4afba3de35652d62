using Microsoft.Extensions.Logging;

namespace QuickStart.Logging;

/// <summary>What a newsletter service logs on a day, with everything that should not be there, all of it made up.</summary>
internal static partial class MadeUpDay
{
    public static void Write(ILogger logger)
    {
        Opened(logger, "192.0.2.55", "/preferences");
        Sent(logger, "jane.doe@shop.example", 1);
        Bounced(logger, "j.roe+news@mail.shop.example");
        Callback(logger, "+49 30 23125 001");
        Called(logger, "https://sync:s3cret@crm.example/hook?token=0123456789abcdef");
        Refunded(logger, "GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111");
        Failed(logger, new InvalidOperationException(
            "Delivery to jane.doe@shop.example failed.",
            new TimeoutException("mx.shop.example [2001:db8::25] did not answer.") { Data = { ["recipient"] = "jane.doe@shop.example", ["attempt"] = 3 } }));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Opened {Page} from {Address}")]
    private static partial void Opened(ILogger logger, string address, string page);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sent to {Recipient}, attempt {Attempt}")]
    private static partial void Sent(ILogger logger, string recipient, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bounced: {Recipient}")]
    private static partial void Bounced(ILogger logger, string recipient);

    [LoggerMessage(Level = LogLevel.Information, Message = "Please call back: {Number}")]
    private static partial void Callback(ILogger logger, string number);

    [LoggerMessage(Level = LogLevel.Information, Message = "Called {Hook}")]
    private static partial void Called(ILogger logger, string hook);

    [LoggerMessage(Level = LogLevel.Information, Message = "Refund to {Account} instead of card {Card}")]
    private static partial void Refunded(ILogger logger, string account, string card);

    [LoggerMessage(Level = LogLevel.Error, Message = "A message was not delivered")]
    private static partial void Failed(ILogger logger, Exception error);
}
