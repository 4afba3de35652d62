namespace Abm.Privacy.Masking.Logging;

/// <summary>Carries the check, made at start, that what logs is what masks.</summary>
internal sealed class LogMaskingPresence;
