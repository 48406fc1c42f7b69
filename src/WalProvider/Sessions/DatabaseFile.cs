namespace WalProvider;

/// <summary>What the sessions of one database file have in common in this process, whatever name they opened it by.</summary>
/// <param name="key">The file's real path, or the name of a shared database in memory.</param>
/// <remarks>Its lock is held for a few instructions, and nothing is called under it.</remarks>
internal sealed class DatabaseFile(string key)
{
    private readonly Lock _lock = new();
    private readonly List<IFileUser> _users = [];
    private volatile IWalUpkeep? _upkeep;
    private volatile LastCheckpoint? _lastCheckpoint;
    private long _lastLook;

    /// <summary>The file's real path, or the name of a shared database in memory.</summary>
    internal string Key { get; } = key;

    /// <summary>Where its writers wait for each other.</summary>
    internal WriteGate Gate { get; } = new();

    /// <summary>The checkpoint that was run last; null for none.</summary>
    internal LastCheckpoint? LastCheckpoint
    {
        get => _lastCheckpoint;
        set => _lastCheckpoint = value;
    }

    /// <summary>The length of the WAL, from the directory: nothing is opened.</summary>
    internal long WalBytes => new FileInfo(Key + "-wal") is { Exists: true } wal ? wal.Length : 0;

    private IFileUser[] Users
    {
        get
        {
            lock (_lock)
            {
                _users.RemoveAll(user => user.IsClosed);
                return [.. _users];
            }
        }
    }

    /// <summary>Notes an open session.</summary>
    internal void Add(IFileUser user)
    {
        lock (_lock)
        {
            _users.RemoveAll(known => known.IsClosed);
            _users.Add(user);
        }
    }

    /// <summary>Keeps nothing of a session that was closed: the file lives on with those who may open it again.</summary>
    internal void Forget(IGateHolder closed)
    {
        Gate.Forget(closed);
        lock (_lock)
        {
            _users.RemoveAll(known => known.IsClosed);
        }
    }

    /// <summary>The reader of this process that has read for longest; null where nobody reads.</summary>
    internal WalReader? OldestReader() => Users.Select(user => user.DescribeReader()).MaxBy(reader => reader?.Age);

    /// <summary>Whether somebody of this process reads and will do so for long.</summary>
    internal bool HasLastingReader => Users.Any(user => user.IsLasting);

    /// <summary>What the WAL holds, asked of whichever session can say; null where none can now.</summary>
    internal WalFrames? ReadFrames() => Users.Select(user => user.ReadFrames()).FirstOrDefault(frames => frames is not null);

    /// <summary>
    /// Makes one the keeper of this file's WAL, if there is none; one that was asked for goes before one by default. Of several
    /// pools of a file one keeps its WAL.
    /// </summary>
    internal bool TryClaim(IWalUpkeep upkeep)
    {
        lock (_lock)
        {
            if (_upkeep is null || (upkeep.IsExplicit && !_upkeep.IsExplicit))
            {
                _upkeep = upkeep;
            }

            return _upkeep == upkeep;
        }
    }

    /// <summary>Gives the claim up.</summary>
    internal void Release(IWalUpkeep upkeep)
    {
        lock (_lock)
        {
            _upkeep = _upkeep == upkeep ? null : _upkeep;
        }
    }

    /// <summary>
    /// Whether one who has just written should look at the WAL: somebody keeps it, and nobody has looked within the
    /// same millisecond, so that small transactions do not pay for it.
    /// </summary>
    internal bool IsLookDue => _upkeep is not null && Environment.TickCount64 != _lastLook;

    /// <summary>Tells the keeper when the WAL has grown too long.</summary>
    /// <param name="frames">What the WAL holds; null where the writer cannot say.</param>
    internal void NoteWritten(WalFrames? frames)
    {
        _lastLook = Environment.TickCount64;
        if (_upkeep is { } upkeep && frames?.Bytes >= upkeep.NudgeAboveBytes)
        {
            upkeep.Nudge();
        }
    }
}
