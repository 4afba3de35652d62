namespace Abm.Privacy.Consent;

/// <summary>By what way a person is reached. The names for policies stand in <see cref="Channels"/>.</summary>
public enum Channel
{
    /// <summary>Not stated; refused in a question.</summary>
    None = 0,

    /// <summary>E-mail: <c>email</c>.</summary>
    Email = 1,

    /// <summary>Text message: <c>sms</c>.</summary>
    Sms = 2,

    /// <summary>Phone call: <c>phone</c>.</summary>
    Phone = 3,

    /// <summary>Letter: <c>post</c>.</summary>
    Post = 4,

    /// <summary>Push notification: <c>push</c>.</summary>
    Push = 5,

    /// <summary>A message inside the application: <c>in_app</c>.</summary>
    InApp = 6,

    /// <summary>Content of a website: <c>web</c>.</summary>
    Web = 7,

    /// <summary>A message in a social network: <c>social</c>.</summary>
    Social = 8,

    /// <summary>Upload of match keys to an advertising platform: <c>audience_upload</c>.</summary>
    AudienceUpload = 9,

    /// <summary>A question that is put to the person, such as a consent banner: <c>prompt</c>.</summary>
    Prompt = 10,
}
