using Abm.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What a member of a configuration section holds.</summary>
internal enum ConfigurationMember
{
    /// <summary>One text or number.</summary>
    Value = 1,

    /// <summary>An array of texts.</summary>
    List = 2,

    /// <summary>An object of names and texts.</summary>
    Map = 3,

    /// <summary>An object, or an array of objects, that a check of its own looks into.</summary>
    Section = 4,
}

/// <summary>
/// Refuses a configuration section with anything that binding would leave out without a word: a member that does not exist, an
/// object where a text belongs, a text where an array belongs, a section that is not there.
/// </summary>
internal static class ConfigurationShape
{
    /// <summary>Adds the check to the options' validation; call it beside <c>Bind</c>.</summary>
    public static OptionsBuilder<TOptions> CheckShape<TOptions>(
        this OptionsBuilder<TOptions> options, IConfiguration configuration, params (string Name, ConfigurationMember Kind)[] members)
        where TOptions : class
    {
        options.Services.AddSingleton<IValidateOptions<TOptions>>(new Validator<TOptions>(options.Name, configuration, members));
        return options;
    }

    /// <summary>Adds further checks of parts of the configuration, by whatever finds their faults.</summary>
    public static OptionsBuilder<TOptions> CheckParts<TOptions>(this OptionsBuilder<TOptions> options, Func<IEnumerable<string>> findFaults)
        where TOptions : class
    {
        options.Services.AddSingleton<IValidateOptions<TOptions>>(new PartsValidator<TOptions>(options.Name, findFaults));
        return options;
    }

    public static IReadOnlyList<string> Faults(IConfiguration configuration, params IReadOnlyList<(string Name, ConfigurationMember Kind)> members)
    {
        var faults = new List<string>();
        var names = members.Select(member => member.Name).ToList();
        var where = configuration is IConfigurationSection section ? $"section '{section.Path}'" : "root";
        var any = false;
        foreach (var child in configuration.GetChildren())
        {
            var kind = members.FirstOrDefault(member => string.Equals(member.Name, child.Key, StringComparison.OrdinalIgnoreCase)).Kind;
            any |= kind != default;
            if (kind != default)
            {
                faults.AddRange(Faults(child, kind));
            }
            else if (configuration is IConfigurationSection)
            {
                // the root also holds what others put there, such as environment variables
                faults.Add($"The configuration {where} has '{child.Key}', which is not read. {NearestName.Suggest(child.Key, names)}");
            }
        }

        if (!any)
        {
            faults.Add($"The configuration {where} has none of: {string.Join(", ", names)}. Check the path of the section.");
        }

        return faults;
    }

    private static IEnumerable<string> Faults(IConfigurationSection member, ConfigurationMember kind)
    {
        if (kind == ConfigurationMember.Value)
        {
            return HasText(member) ? [] : [$"The configuration '{member.Path}' is not one value. Write a text or a number."];
        }

        if (kind == ConfigurationMember.Section)
        {
            return string.IsNullOrEmpty(member.Value) ? [] : [$"The configuration '{member.Path}' is one value. Write an object or an array of objects."];
        }

        if (!string.IsNullOrEmpty(member.Value))
        {
            return [$"The configuration '{member.Path}' is one value. Write {(kind == ConfigurationMember.List ? "[ … ]" : "{ … }")}."];
        }

        return member.GetChildren().Where(child => !HasText(child)).Select(child => $"The configuration '{child.Path}' is not a text. Write a text, or remove it.");
    }

    private static bool HasText(IConfigurationSection section) => section.Value is not null && !section.GetChildren().Any();

    private sealed class Validator<TOptions>(string name, IConfiguration configuration, (string Name, ConfigurationMember Kind)[] members) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? optionsName, TOptions options)
        {
            var faults = optionsName == name ? Faults(configuration, members) : [];
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }

    private sealed class PartsValidator<TOptions>(string name, Func<IEnumerable<string>> findFaults) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? optionsName, TOptions options)
        {
            var faults = optionsName == name ? findFaults().ToList() : [];
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
