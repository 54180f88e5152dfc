"""How flags are kept: those that are seen are written if they differ, those no longer seen are lifted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, select

from feria_inversa.banderas.definiciones import DEFINICIONES, Ambito
from feria_inversa.banderas.juicio import Bandera, Dato
from feria_inversa.banderas.modelos import BanderaVista
from nucleo.reloj import ahora_bd


@dataclass(frozen=True, slots=True)
class Senial:
    """A flag of whom it is: `proceso_id`, or `quien` with its name."""

    codigo: str
    bandera: Bandera
    dia: date
    proceso_id: int | None = None
    quien: str | None = None
    nombre: str | None = None
    entidad_codigo: str | None = None
    sobre: Ambito = Ambito.PROCESO
    nombres: Mapping[str, str] = field(default_factory=dict)

    @property
    def clave(self) -> tuple[str, int | None, str | None]:
        return self.codigo, self.proceso_id, self.quien

    def valores(self) -> dict[str, Any]:
        """What changes of it when the numbers do."""
        return {
            "version": DEFINICIONES[self.codigo].version,
            "valor": str(self.bandera.valor),
            "datos": {clave: exacto(dato) for clave, dato in self.bandera.datos.items()},
            "quienes": [
                {"id": id_, "nombre": self.nombres.get(id_, id_)[:300]} for id_ in self.bandera.quienes
            ],
            "dia": self.dia,
        }


def exacto(dato: Dato) -> str | int:
    """A whole number as it is, a fraction as «31/30»."""
    if isinstance(dato, Fraction):
        return int(dato) if dato.denominator == 1 else str(dato)
    return dato


def escribir(sesion: Session, previas: Iterable[BanderaVista], vistas: Sequence[Senial]) -> int:
    """Leave the flags as they are seen now; `previas` are all those that there were of the same. How many
    changed."""
    ahora = ahora_bd(sesion)
    eran = {(fila.codigo, fila.proceso_id, fila.quien): fila for fila in previas}
    cambios = 0
    for senial in vistas:
        fila, valores = eran.pop(senial.clave, None), senial.valores()
        if fila is None:
            fila = BanderaVista(
                codigo=senial.codigo,
                sobre=senial.sobre,
                proceso_id=senial.proceso_id,
                quien=senial.quien,
                nombre=senial.nombre,
                entidad_codigo=senial.entidad_codigo,
                vista_en=ahora,
                cambio_en=ahora,
                **valores,
            )
        elif fila.levantada_en is None and all(getattr(fila, c) == v for c, v in valores.items()):
            continue
        else:
            for columna, valor in valores.items():
                setattr(fila, columna, valor)
            fila.cambio_en, fila.levantada_en = ahora, None
        sesion.add(fila)
        cambios += 1
    for fila in eran.values():
        if fila.levantada_en is None:
            fila.levantada_en = ahora
            sesion.add(fila)
            cambios += 1
    sesion.flush()
    return cambios


def previas(sesion: Session, codigos: Collection[str], *condiciones: Any) -> Sequence[BanderaVista]:
    """Those that there are, in force or lifted, by some definitions."""
    return sesion.exec(select(BanderaVista).where(col(BanderaVista.codigo).in_(codigos), *condiciones)).all()
