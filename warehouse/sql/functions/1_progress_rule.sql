-- One row: the thresholds that make a project late or in need of attention, shown with each state.
create macro range_low() as 0.25;  -- quantiles of the pace of finished steps
create macro range_high() as 0.75;

create macro progress_rule() as table
    select
        -- the end, or an open step, is later than the first plan by more than this
        90 as late_days,
        30 as attention_days,
        0.10 as attention_gap,  -- physical progress behind what was planned to date, as a share
        90 as report_days,  -- nothing has been reported for longer than this
        -- fewer finished steps of a kind than this: those of all kinds are taken
        5 as sample_steps,
        range_low() as range_low,
        range_high() as range_high
