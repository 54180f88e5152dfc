"""What the two postal operators of the demonstration charge, and what one of them will from next week.

Every number is of the demonstration: it is nobody's rate.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from sqlmodel import Session

from demostracion.elenco import ETIQUETA, actor, id_de_unidad
from demostracion.relato import Epoca, Paso, capitulo
from envios.tarifas import Que, empezar, importar, publicar
from nucleo.archivos import Recibido
from nucleo.ids import id_demo
from nucleo.reloj import fecha_bolivia

Tablas = Mapping[Que, Sequence[str]]
D = f" {ETIQUETA}"
_SERVICIOS = (
    "servicio;nombre;indicador;entrega;cm3_por_kg;peso_maximo_kg;lado_maximo_cm;suma_maxima_cm;seguro_pct;"
    "seguro_minimo;valor_maximo;contra_entrega_pct;contra_entrega_minimo;recojo"
)
_LUGARES = "lugar;zona;corte;reparte;recargo;dias_mas"
_RUTAS = "servicio;origen;destino;tarifa;dias"
_PRECIOS = "servicio;tarifa;hasta_kg;precio;paso_kg;precio_paso"
_DEPARTAMENTOS = (
    "Chuquisaca",
    "La Paz",
    "Cochabamba",
    "Oruro",
    "Potosí",
    "Tarija",
    "Santa Cruz",
    "Beni",
    "Pando",
)


def _correos(sube: int = 0) -> Tablas:
    """The whole country; `sube` bolivianos more a parcel."""
    ejes = [f"{codigo};eje;17:00;lu-sa;0,00;0" for codigo in ("020101", "030101", "070101")]
    resto = [f"{codigo};capital;16:00;lu-vi;0,00;0" for codigo in ("010101", "040101", "050101", "060101")]
    lejos = ["080101;capital;12:00;lu-vi;3,00;1", "090101;capital;12:00;ma, vi;5,00;2"]
    provincias = [f"{codigo};provincia;12:00;ma, vi;6,00;1" for codigo in _DEPARTAMENTOS]
    zonas = ("eje", "capital", "provincia")
    dias = {"eje": 1, "capital": 2, "provincia": 3}
    precios = {"ordinario": (10, 15, 18), "expreso": (18, 26, 34)}
    rutas, tarifas = [], []
    for servicio, bases in precios.items():
        for tarifa, base in zip(("troncal", "nacional", "rural"), bases, strict=True):
            tarifas.append(f"{servicio};{tarifa};1;{base + sube},00;;")
            tarifas.append(f"{servicio};{tarifa};20;{base + sube},00;1;{base // 4},50")
        for origen in zonas:
            for destino in zonas:
                peor = max(origen, destino, key=zonas.index)
                tarifa = {"eje": "troncal", "capital": "nacional", "provincia": "rural"}[peor]
                viaje = dias[peor] + (servicio == "ordinario")
                rutas.append(f"{servicio};{origen};{destino};{tarifa};{viaje}")
    return {
        Que.SERVICIOS: (
            _SERVICIOS,
            f"ordinario;Encomienda ordinaria{D};CP;agencia;5000;20;120;250;1,00;2,00;3000,00;2,00;4,00;",
            f"expreso;Expreso a domicilio{D};EE;puerta;5000;20;100;200;1,50;3,00;8000,00;2,50;5,00;8,00",
        ),
        Que.LUGARES: (_LUGARES, *ejes, *resto, *lejos, *provincias),
        Que.RUTAS: (_RUTAS, *rutas),
        Que.PRECIOS: (_PRECIOS, *tarifas),
    }


def _mensajeria() -> Tablas:
    """Three cities, at the door, faster and dearer."""
    return {
        Que.SERVICIOS: (
            _SERVICIOS,
            f"express;Mensajería exprés{D};PM;puerta;6000;15;80;180;2,00;4,00;5000,00;3,00;6,00;12,00",
        ),
        Que.LUGARES: (
            _LUGARES,
            "070101;oriente;18:00;lu-sa;0,00;0",
            "030101;valle;18:00;lu-sa;0,00;0",
            "020101;altura;17:00;lu-vi;2,00;0",
        ),
        Que.RUTAS: (
            _RUTAS,
            "express;oriente;oriente;ciudad;0",
            *(f"express;{a};{b};ciudades;1" for a, b in (("oriente", "valle"), ("valle", "oriente"))),
            *(f"express;{a};altura;ciudades;1" for a in ("oriente", "valle")),
            *(f"express;altura;{b};ciudades;1" for b in ("oriente", "valle")),
        ),
        Que.PRECIOS: (
            _PRECIOS,
            "express;ciudad;2;12,00;;",
            "express;ciudad;15;12,00;1;3,00",
            "express;ciudades;1;22,00;;",
            "express;ciudades;15;22,00;0,5;4,00",
        ),
    }


@capitulo("envios.tarifas")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    hoy = epoca.hoy
    versiones = (
        (98, "correos", "correos", _correos(), None),
        (90, "mensajería", "mensajeria", _mensajeria(), None),
        (34, "correos: otras", "correos", _correos(1), None),
        (2.2, "correos: por venir", "correos", _correos(2), fecha_bolivia(hoy) + timedelta(days=7)),
    )
    for hace_dias, nombre, unidad, tablas, desde in versiones:
        hacer = partial(_publicar, nombre, unidad, tablas, desde=desde)
        yield Paso(hoy - timedelta(days=hace_dias), nombre, hacer)


def _publicar(
    nombre: str, unidad: str, tablas: Tablas, sesion: Session, *, desde: date | None = None
) -> None:
    quien, id = actor(sesion, "correos"), id_demo(f"tarifas:{nombre}")
    empezar(sesion, quien, id_de_unidad(unidad), id=id)
    for que, lineas in tablas.items():
        importar(sesion, quien, id, que, Recibido.de_bytes("\n".join(lineas).encode()))
    publicar(sesion, quien, id, desde or fecha_bolivia())
