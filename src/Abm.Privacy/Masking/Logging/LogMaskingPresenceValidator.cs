using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Abm.Privacy.Masking.Logging;

internal sealed class LogMaskingPresenceValidator(IServiceProvider services) : IValidateOptions<LogMaskingPresence>
{
    public ValidateOptionsResult Validate(string? name, LogMaskingPresence options) =>
        services.GetRequiredService<ILoggerFactory>() is MaskingLoggerFactory
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Log masking: another ILoggerFactory was registered after AddPrivacyMasking, and would log in clear. Call AddPrivacyMasking behind what registers it.");
}
