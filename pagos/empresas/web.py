"""Pages of firms, gathered from their files."""

from fastapi import APIRouter

from pagos.empresas import web_cobros, web_devoluciones, web_planillas, web_retiros

router = APIRouter(tags=["pagos de empresas"])
router.include_router(web_planillas.router)
router.include_router(web_devoluciones.router)
router.include_router(web_cobros.router)
router.include_router(web_retiros.router)
