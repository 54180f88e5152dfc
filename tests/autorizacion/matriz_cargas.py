"""Rows of products by the file: who sells for the unit takes its products out and sends them in."""

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import CIUDADANO, Fila, Quien, fila, mandato, no

VENDE = mandato("tienda", "VENDER", "tomasa")
VENTAS = Quien("tomasa", "tienda", "VENDER", libre=True)
_BASE = "/vender/productos-por-archivo"


def preparar(e: Escena) -> None:
    """A file that waits to be confirmed and another one that was, each with a bad line."""
    from comercio.cargas.cargar import confirmar
    from comercio.cargas.columnas import COLUMNAS
    from comercio.cargas.leer import leer_archivo
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion

    tomasa, tienda = e.actor("tomasa"), e.unidades["tienda"].id
    cabeza = ";".join(COLUMNAS)
    e.valores |= {
        "carga_csv": f"{cabeza}\nCA-1;Faja {MARCA};;ceramica;;;10;;;1;;;;\n"
        "CA-2;Sin precio;;ceramica;;;;;;;;;;\n",
        "carga_mala": "codigo;titulo\n",
    }
    for clave in ("carga", "carga_en_marcha"):
        recibido = Recibido.de_bytes(e.valores["carga_csv"].encode(), f"{MARCA}.csv")
        with transaccion() as sesion:
            e.valores[clave] = leer_archivo(sesion, tomasa, tienda, recibido).id
    with transaccion() as sesion:
        confirmar(sesion, tomasa, e.valores["carga_en_marcha"])


_DE_LA_CARGA = {"params": {"carga_id": "carga"}, "rechazo": 404}
_EN_MARCHA = {"carga_id": "carga_en_marcha"}
_UNIDAD = {"consulta": {"unidad": "{unidad_tienda}"}}

FILAS: list[Fila] = [
    fila("GET", _BASE, VENTAS, 200, contiene=True),
    fila(
        "POST",
        _BASE,
        VENDE,
        303,
        form={"unidad": "{unidad_tienda}", "_id": "{nuevo}"},
        archivo=("archivo", "p.csv", "carga_csv"),
        a=f"{_BASE}/",
        negada=no(422, "La primera línea debe decir", archivo=("archivo", "p.csv", "carga_mala")),
    ),
    fila("GET", _BASE + "/plantilla.csv", CIUDADANO, 200),
    fila("GET", _BASE + "/productos.csv", VENDE, 200, contiene=True, **_UNIDAD),
    fila("GET", _BASE + "/productos.xlsx", VENDE, 200, **_UNIDAD),
    fila("GET", _BASE + "/{carga_id}", VENDE, 200, contiene=True, **_DE_LA_CARGA),
    fila(
        "POST",
        _BASE + "/{carga_id}/confirmar",
        VENDE,
        303,
        form={"_id": "{nuevo}"},
        a=f"{_BASE}/",
        **_DE_LA_CARGA,
        negada=no(409, "ya no espera que la confirme", params=_EN_MARCHA),
    ),
    fila(
        "POST",
        _BASE + "/{carga_id}/descartar",
        VENDE,
        303,
        form={"_id": "{nuevo}"},
        a=_BASE,
        **_DE_LA_CARGA,
        negada=no(409, "ya está en marcha", params=_EN_MARCHA),
    ),
]
CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
