"""What the simulated gateway shows: an object, a list by pages, and what is opened in them (`expand`)."""

from collections.abc import Callable
from typing import Any

from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json
from pagos.tarjetas.simulada.errores import inexistente, invalido

LIMITE_MAX, HONDURA_MAX = 100, 4

# Of each kind of object, the fields that hold an id which may be opened, and what it is.
EXPANDIBLES: dict[str, dict[str, str]] = {
    "payment_intent": {
        "customer": "customer",
        "latest_charge": "charge",
        "payment_method": "payment_method",
    },
    "charge": {
        "balance_transaction": "balance_transaction",
        "customer": "customer",
        "payment_intent": "payment_intent",
    },
    "refund": {
        "balance_transaction": "balance_transaction",
        "charge": "charge",
        "failure_balance_transaction": "balance_transaction",
        "payment_intent": "payment_intent",
    },
    "dispute": {"charge": "charge", "payment_intent": "payment_intent"},
    "checkout.session": {
        "customer": "customer",
        "payment_intent": "payment_intent",
        "setup_intent": "setup_intent",
    },
    "setup_intent": {"customer": "customer", "payment_method": "payment_method"},
    "payment_method": {"customer": "customer"},
    "balance_transaction": {"source": ""},
}
_POR_PREFIJO = {"ch": "charge", "re": "refund", "dp": "dispute"}


def exigir(
    almacen: Almacen,
    tipo: str,
    id: str | None,
    *,
    bloquear: bool = True,
    param: str = "id",
    estado: int = 404,
) -> Json:
    """The object, locked. Raises `ErrorSimulado`: 404 for the one asked for, 400 when another names it."""
    hallado = almacen.leer(tipo, id, bloquear=bloquear) if id else None
    if hallado is None:
        raise inexistente(objetos.NOMBRES.get(tipo, tipo), str(id)[:200], param, estado=estado)
    return hallado


def ver(tipo: str, param: str) -> Callable[..., Json]:
    """A retrieve."""

    def hacer(almacen: Almacen, id: str, *, p: Json) -> Json:  # noqa: ARG001 (as every operation)
        return exigir(almacen, tipo, id, bloquear=False, param=param)

    return hacer


def listar(tipo: str, ruta: str, *filtros: str) -> Callable[..., Json]:
    """A list, whose `filtros` are compared with the fields of the same name."""

    def hacer(almacen: Almacen, *, p: Json) -> Json:
        return pagina(almacen, tipo, ruta, p, {f: p[f] for f in filtros if f in p})

    return hacer


def pagina(almacen: Almacen, tipo: str, ruta: str, p: Json, filtro: Json, **mas: Any) -> Json:
    """The page that `limit`, `starting_after`, `ending_before` and `created` ask for."""
    limite = p.get("limit", 10)
    for mal, dicho in (
        (limite < 1, "greater than or equal to 1"),
        (limite > LIMITE_MAX, "less than or equal to 100"),
    ):
        if mal:
            raise invalido(f"This value must be {dicho}.", "parameter_invalid_integer", param="limit")
    cursores = [c for c in ("starting_after", "ending_before") if c in p]
    if len(cursores) == 2:
        raise invalido(
            "You cannot parameterize both starting_after and ending_before.", param="ending_before"
        )
    for cursor in cursores:
        exigir(almacen, tipo, p[cursor], bloquear=False, param=cursor, estado=400)
    desde, hasta = _rango(p.get("created"))
    filas = almacen.listar(
        tipo,
        limite=limite + 1,
        tras=p.get("starting_after"),
        antes=p.get("ending_before"),
        desde=desde,
        hasta=hasta,
        filtro=filtro or None,
        **mas,
    )
    hay_mas = len(filas) > limite
    if hay_mas:  # the one too many is the farthest from the cursor
        filas = filas[1:] if "ending_before" in p else filas[:limite]
    return objetos.lista(ruta, filas, hay_mas=hay_mas)


def _rango(creado: Json | int | None) -> tuple[int, int]:
    if isinstance(creado, int):
        return creado, creado
    dado = creado or {}
    desde = max(dado.get("gte", 0), dado["gt"] + 1 if "gt" in dado else 0)
    hasta = min(dado.get("lte", 2**62), dado["lt"] - 1 if "lt" in dado else 2**62)
    return desde, hasta


def listar_eventos(almacen: Almacen, *, p: Json) -> Json:
    """`type` may end in `.*`; `types` are up to twenty."""
    if "type" in p and "types" in p:
        raise invalido("You may only specify one of these parameters: type, types.", param="types")
    clases = [p["type"]] if "type" in p else p.get("types")
    patrones = [
        c.replace("\\", "").replace("_", "\\_").replace("%", "").replace("*", "%") for c in clases or ()
    ]
    return pagina(almacen, "event", "/v1/events", p, {}, clases=patrones or None)


# --- Expand -------------------------------------------------------------------------------------------------


def expandir(almacen: Almacen, objeto: Json, caminos: list[str]) -> Json:
    """Open the ids that `caminos` name (`customer`, `latest_charge.balance_transaction`, `data.customer`)."""
    for camino in caminos:
        pasos = camino.split(".")
        es_lista = objeto.get("object") == "list"
        if len(pasos) - es_lista > HONDURA_MAX:
            raise invalido(f"You cannot expand more than {HONDURA_MAX} levels of a property.", param="expand")
        if es_lista and pasos[0] == "data" and len(pasos) > 1:
            objeto = objeto | {"data": [_abrir(almacen, o, pasos[1:], camino) for o in objeto["data"]]}
        elif es_lista:
            raise _no_se_expande(camino, f" You may want to try expanding 'data.{camino}' instead.")
        else:
            objeto = _abrir(almacen, objeto, pasos, camino)
    return objeto


def _abrir(almacen: Almacen, objeto: Json, pasos: list[str], camino: str) -> Json:
    campo, *resto = pasos
    tipo = EXPANDIBLES.get(str(objeto.get("object")), {}).get(campo)
    if tipo is None:
        raise _no_se_expande(camino)
    dentro = objeto.get(campo)
    if isinstance(dentro, str):
        dentro = almacen.leer(tipo or _POR_PREFIJO[dentro.split("_")[0]], dentro)
    if dentro is None:
        return objeto
    return objeto | {campo: _abrir(almacen, dentro, resto, camino) if resto else dentro}


def _no_se_expande(camino: str, consejo: str = "") -> Exception:
    return invalido(f"This property cannot be expanded ({camino[:100]}).{consejo}", param="expand")
