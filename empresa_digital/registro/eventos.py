"""Events that the registry publishes. `objeto_id` is always the unit's id; data are `{"numero": ...}` and
small facts.
"""

UNIDAD_PRESENTADA = "UnidadPresentada"
UNIDAD_OBSERVADA = "UnidadObservada"
UNIDAD_INSCRITA = "UnidadInscrita"
UNIDAD_SUSPENDIDA = "UnidadSuspendida"
UNIDAD_REHABILITADA = "UnidadRehabilitada"
UNIDAD_CANCELADA = "UnidadCancelada"
UNIDAD_EDITADA = "UnidadEditada"
MANDATO_OTORGADO = "MandatoOtorgado"
MANDATO_ACEPTADO = "MandatoAceptado"
MANDATO_REVOCADO = "MandatoRevocado"
HABILITACION_OTORGADA = "HabilitacionOtorgada"
HABILITACION_SUSPENDIDA = "HabilitacionSuspendida"
