namespace Abm.Privacy.Masking.Logging;

/// <summary>Marks a scope that shows itself masked only, so that it is not masked again.</summary>
internal interface IMaskedScope;
