-- The first day of an SDMX time period: 2023, 2023-S2, 2023-Q1, 2023-06 or 2023-06-30.
-- Periods in Python (`warehouse/periods.py`) are the same.
create or replace macro period_start(period) as
    case
        when length(period) = 4 then make_date(period::int, 1, 1)
        when period[6] = 'S' then make_date(period[:4]::int, 6 * period[7:]::int - 5, 1)
        when period[6] = 'Q' then make_date(period[:4]::int, 3 * period[7:]::int - 2, 1)
        when length(period) = 7 then (period || '-01')::date
        else period::date
    end;

-- The last day of an SDMX time period: what is paid "in 2024" is known at the end of the year.
create or replace macro period_end(period) as
    case
        when length(period) = 4 then make_date(period::int, 12, 31)
        when period[6] = 'Q' then last_day(period_start(period) + interval 2 month)
        when period[6] = 'S' then last_day(period_start(period) + interval 5 month)
        when length(period) = 7 then last_day(period_start(period))
        else period::date
    end;

-- Whether a day is between two days, both included; a missing one is an open end.
create or replace macro is_valid_on(valid_from, valid_to, day) as
    day between coalesce(valid_from, '0001-01-01'::date)
        and coalesce(valid_to, '9999-12-31'::date);

-- Whether two figures differ by more than a rounding error.
create or replace macro differs(a, b) as
    a is distinct from b
    and not coalesce(abs(a - b) <= 1e-9 * greatest(abs(a), abs(b), 1), false);

-- Tukey's outer fences, three quartile ranges from the quartiles: what lies outside is far from
-- the other values. None from fewer than twenty values.
create or replace macro lower_fence(value) as
    if(
        count(value) >= 20,
        quantile_cont(value, 0.25) - 3 * (quantile_cont(value, 0.75) - quantile_cont(value, 0.25)),
        null
    );
create or replace macro upper_fence(value) as
    if(
        count(value) >= 20,
        quantile_cont(value, 0.75) + 3 * (quantile_cont(value, 0.75) - quantile_cont(value, 0.25)),
        null
    );

-- Rank of an SDMX observation status, the least certain last, and the status of a rank.
create or replace macro status_rank(obs_status) as
    case obs_status when 'B' then 2 when 'E' then 3 when 'P' then 4 else 1 end;
create or replace macro status_of(rank) as
    case rank when 1 then 'A' when 2 then 'B' when 3 then 'E' when 4 then 'P' end;

-- The dataset of a variable such as `population.residents`.
create or replace macro dataset_of(variable) as split_part(variable, '.', 1);

-- A text in small letters without accents, as texts are compared.
create or replace macro plain(written) as lower(strip_accents(written));
