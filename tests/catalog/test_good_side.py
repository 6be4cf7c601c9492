"""Which indicators have a good side: results only, by the partition of the targets' study."""

from __future__ import annotations

from tests.support.specimens import CATALOG

# An indicator of structure (ages, families, flows), of money received or of an input has none.
JUDGED = {
    "cooperation": """
        cohesion_payment_rate european_election_turnout european_election_turnout_men
        european_election_turnout_women financial_autonomy general_election_turnout
        investment_per_inhabitant joint_tenders pnrr_payment_rate pnrr_targets_reached
        services_on_standard women_administrators women_in_executives_2020
    """,
    "digital": """
        anpr_municipalities anpr_residents data_platform_active digital_divide
        digital_notices_active digital_transition_offices fibre_households
        own_revenue_collection padigitale_completed_projects padigitale_renounced_projects
        pnrr_digital_payment_rate supplier_payment_delay
    """,
    "economy": """
        activity_rate_metro early_school_leavers_2011 employment_of_men_and_women_2011
        employment_rate employment_rate_2011 employment_rate_20_64 employment_rate_metro
        income_inequality_2012 knowledge_employment knowledge_employment_2011
        knowledge_enterprises_2011 local_units_per_1000 low_education low_income_taxpayers
        mean_employment_income mean_pension mean_self_employed_income mean_small_business_income
        mean_taxable_income taxable_income_per_inhabitant taxpayers_per_100_inhabitants
        taxpayers_up_to_15000 tertiary_education tourist_beds unemployment_change_2001_2011
        unemployment_rate unemployment_rate_2011 unemployment_rate_metro university_students
        value_added_per_person wage_per_employee workers_per_100_residents
        young_people_out_of_work_and_school_2011 youth_unemployment_2011
    """,
    "environment": """
        consumed_soil consumed_soil_flood_area_2015 consumed_soil_per_inhabitant
        gross_soil_consumption municipal_waste_per_capita no2 pm10_days pm25 protected_area
        residual_waste_per_inhabitant separate_waste_collection soil_consumption
        waste_cost_per_tonne waste_management_cost water_losses
    """,
    "mobility": """
        active_commuting car_commuting cars_per_1000 charging_points_per_10000
        city_pedestrians_run_over city_road_accidents city_road_deaths city_road_injured
        cycle_paths electric_registrations euro_0_3_cars euro_5_6_cars
        municipalities_with_charging older_cars provincial_road_accidents provincial_road_deaths
        public_transport_commuting residents_near_station road_accidents_per_1000
        road_deaths_per_100_accidents seat_km
    """,
    "welfare": """
        children_in_municipal_nurseries decayed_buildings_2011 families_in_hardship_2011
        libraries_per_10000 nursery_places overcrowding_2011 social_spending unoccupied_dwellings
        unoccupied_dwellings_2011 unused_buildings_2011
    """,
}


def test_only_results_have_a_good_side() -> None:
    judged = {i.id for i in CATALOG.indicators.values() if i.better != "neither"}
    assert judged == {name for names in JUDGED.values() for name in names.split()}
