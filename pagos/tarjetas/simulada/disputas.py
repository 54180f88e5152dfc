"""Disputes of the simulated gateway: a cardholder claims, who charged sends evidence, the bank decides."""

from datetime import UTC, datetime, timedelta

from nucleo.reloj import ahora
from pagos.tarjetas.simulada import objetos
from pagos.tarjetas.simulada.almacen import Almacen, Json, abrir
from pagos.tarjetas.simulada.errores import invalido
from pagos.tarjetas.simulada.eventos import DEMORA, emitir, epoca, propio_de
from pagos.tarjetas.simulada.lecturas import exigir
from pagos.tarjetas.simulada.pagos import asentar
from pagos.tarjetas.simulada.parametros import unir_metadatos

DECISION = timedelta(days=60)  # what a bank takes with evidence in its hands
EVIDENCIA_MAX = 150_000  # characters, all its texts together
# What a test writes as evidence to have the bank decide at once, as at the gateway.
GANADORA, PERDEDORA = "winning_evidence", "losing_evidence"


def disputar(almacen: Almacen, ch: Json) -> Json:
    dp = objetos.disputa(ch, creado=epoca())
    ch["disputed"] = True
    dp["balance_transactions"] = [
        almacen.leer("balance_transaction", asentar(almacen, "adjustment", -dp["amount"], dp))
    ]
    almacen.guardar("charge", ch["id"], ch)
    _escribir(almacen, dp, "created", _fecha(dp["evidence_details"]["due_by"]), propio_de(ch))
    return dp


def _fecha(epoca_s: int) -> datetime:
    return datetime.fromtimestamp(epoca_s, UTC)


def _escribir(
    almacen: Almacen, dp: Json, que: str, vence: datetime | None = None, propio: str | None = None
) -> None:
    almacen.guardar("dispute", dp["id"], dp, vence)
    emitir(almacen, f"charge.dispute.{que}", dp, propio)


def disputar_pago(pi_id: str) -> Json:
    """The cardholder tells the bank that they do not recognise this charge. Raises `ErrorSimulado` when all
    of it went back to them already."""
    with abrir() as almacen:
        pi = exigir(almacen, "payment_intent", pi_id)
        ch = exigir(almacen, "charge", pi["latest_charge"])
        previa = almacen.listar("dispute", limite=1, filtro={"charge": ch["id"]})
        if previa:
            return previa[0]
        if ch["refunded"]:
            raise invalido(f"Charge {ch['id']} has been refunded: there is nothing to dispute.")
        return disputar(almacen, ch)


def actualizar(almacen: Almacen, id: str, *, p: Json) -> Json:
    """Stage evidence, or (`submit`, which is so unless told otherwise) hand it to the bank: once."""
    dp = exigir(almacen, "dispute", id, param="dispute")
    dp["metadata"] = unir_metadatos(dp["metadata"], p.get("metadata"))
    if "evidence" not in p and "submit" not in p:
        almacen.cambiar("dispute", id, dp)
        return dp
    if dp["status"] != "needs_response":
        dicho = "closed" if dp["status"] in ("won", "lost") else "under review"
        raise invalido(f"You cannot submit evidence for this dispute: it is already {dicho}.")
    if epoca() >= dp["evidence_details"]["due_by"]:
        raise invalido("You cannot submit evidence for this dispute: it is past its due date.")
    dp["evidence"] |= {k: v or None for k, v in p.get("evidence", {}).items()}
    if sum(len(v) for v in dp["evidence"].values() if v) > EVIDENCIA_MAX:
        raise invalido(
            f"The combined character count of the evidence must be at most {EVIDENCIA_MAX}.", param="evidence"
        )
    detalle = dp["evidence_details"]
    detalle["has_evidence"] = any(dp["evidence"].values())
    vence = _fecha(detalle["due_by"])
    if p.get("submit", True):
        detalle["submission_count"] += 1
        dp["status"] = "under_review"
        vence = ahora() + (DEMORA if _de_prueba(dp) is not None else DECISION)
    _escribir(almacen, dp, "updated", vence)
    return dp


def _de_prueba(dp: Json) -> bool | None:
    """Whether the evidence is one of those that decide at once, and for whom."""
    texto = dp["evidence"]["uncategorized_text"]
    return {GANADORA: True, PERDEDORA: False}.get(texto)


def cerrar(almacen: Almacen, id: str, *, p: Json) -> Json:  # noqa: ARG001 (as every operation)
    """Accept that the cardholder is right."""
    dp = exigir(almacen, "dispute", id, param="dispute")
    if dp["status"] != "needs_response":
        raise invalido("This dispute is already closed.")
    _terminar(almacen, dp, gana_el_comercio=False)
    return dp


def decidir_disputa(dp_id: str, *, gana_el_comercio: bool) -> Json:
    """The bank decides; what it decided before stays."""
    with abrir() as almacen:
        dp = exigir(almacen, "dispute", dp_id)
        if dp["status"] not in ("won", "lost"):
            _terminar(almacen, dp, gana_el_comercio=gana_el_comercio)
        return dp


def vencer(almacen: Almacen, dp: Json) -> None:
    """Nobody answered in time, or the bank has looked at the evidence long enough."""
    if dp["status"] == "needs_response":
        dp["evidence_details"]["past_due"] = True
    if dp["status"] in ("won", "lost"):
        almacen.guardar("dispute", dp["id"], dp)
    else:
        _terminar(almacen, dp, gana_el_comercio=bool(_de_prueba(dp)))


def _terminar(almacen: Almacen, dp: Json, *, gana_el_comercio: bool) -> None:
    dp["status"] = "won" if gana_el_comercio else "lost"
    if gana_el_comercio:
        vuelta = asentar(almacen, "adjustment", dp["amount"], dp)
        dp["balance_transactions"].append(almacen.leer("balance_transaction", vuelta))
    _escribir(almacen, dp, "closed")
