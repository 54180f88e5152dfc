"""Rows to the API."""

from collections.abc import Sequence
from dataclasses import asdict

from feria_inversa.perfiles.esquemas import (
    DispersionSalida,
    FueraSalida,
    PrecioDeProceso,
    PreciosSalida,
)
from feria_inversa.perfiles.precios import Fila, Fuera, PreciosDeRacimo
from feria_inversa.precios import Dispersion

MONTOS = frozenset({"minimo", "cuartil_1", "mediana", "cuartil_3", "maximo"})


def precios(hallados: Sequence[PreciosDeRacimo]) -> list[PreciosSalida]:
    return [
        PreciosSalida(
            id=h.racimo.id,
            que=h.racimo.nombre,
            unidad_medida=h.racimo.unidad,
            contenido=h.racimo.contenido,
            contenido_unidad=h.racimo.contenido_unidad,
            adjudicado=_dispersion(h.adjudicado),
            fuera_de_adjudicado=_fuera(h.fuera_de_adjudicado),
            referencial=_dispersion(h.referencial),
            fuera_de_referencial=_fuera(h.fuera_de_referencial),
            calculado_en=h.racimo.calculado_en,
            muestra=[_fila(fila) for fila in h.filas],
        )
        for h in hallados
    ]


def _dispersion(d: Dispersion | None) -> DispersionSalida | None:
    if d is None:
        return None
    dicho = {clave: valor for clave, valor in asdict(d).items() if d.dice_un_precio or clave not in MONTOS}
    return DispersionSalida(dice_un_precio=d.dice_un_precio, **dicho)


def _fuera(f: Fuera) -> FueraSalida:
    return FueraSalida(por_total_distinto=f.distintos, sin_precio=f.sin_precio)


def _fila(f: Fila) -> PrecioDeProceso:
    return PrecioDeProceso(
        cuce=f.cuce, entidad=f.entidad, dia=f.dia, referencial=f.referencial, adjudicado=f.adjudicado
    )
