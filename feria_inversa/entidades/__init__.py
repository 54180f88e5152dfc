"""The entities that contract: their codes, serials and CUCE, and what the fair asks of the registry."""

from feria_inversa.entidades.actores import Contratante
from feria_inversa.entidades.bloqueos import una_serie
from feria_inversa.entidades.cuce import PREFIJO, Cuce, CuceInvalido, ocid_de
from feria_inversa.entidades.errores import (
    ConflictoDeInteres,
    CuceEnUso,
    CuceNoCorresponde,
    ProveedorNoHabilitado,
)
from feria_inversa.entidades.esquemas import UnidadResumen
from feria_inversa.entidades.presentar import unidad_breve
from feria_inversa.entidades.series import (
    cuce_dado,
    ejecutoras_de,
    entidad_contratante,
    nuevo_cuce,
    nuevo_numero_de_compra,
    nuevos_numeros_de_orden,
)
from feria_inversa.entidades.unidades import (
    Organizacion,
    codigo_institucional,
    exigir_municipio,
    exigir_sin_conflicto_al_comprar,
    exigir_sin_conflicto_al_decidir,
    exigir_sin_conflicto_al_ofertar,
    exigir_sin_mandato_de,
    habilitados,
    identificador_principal,
    organizaciones,
    que_representa,
)

__all__ = [
    "PREFIJO",
    "ConflictoDeInteres",
    "Contratante",
    "Cuce",
    "CuceEnUso",
    "CuceInvalido",
    "CuceNoCorresponde",
    "Organizacion",
    "ProveedorNoHabilitado",
    "UnidadResumen",
    "codigo_institucional",
    "cuce_dado",
    "ejecutoras_de",
    "entidad_contratante",
    "exigir_municipio",
    "exigir_sin_conflicto_al_comprar",
    "exigir_sin_conflicto_al_decidir",
    "exigir_sin_conflicto_al_ofertar",
    "exigir_sin_mandato_de",
    "habilitados",
    "identificador_principal",
    "nuevo_cuce",
    "nuevo_numero_de_compra",
    "nuevos_numeros_de_orden",
    "ocid_de",
    "organizaciones",
    "que_representa",
    "una_serie",
    "unidad_breve",
]
